package io.procmodel;

import java.util.List;

/**
 * The host names of an app besides the one that a router makes from its name, what {@code heroku domains} is about. Changing
 * them makes no release (Heroku: PIPE-21). Thread-safe.
 */
public final class AppDomains {
    private final FrontDesk desk;

    AppDomains(FrontDesk desk) {
        this.desk = desk;
    }

    /** The names, in the order of their adding. */
    public List<String> list() {
        return desk.frontage().domains();
    }

    /**
     * Adds a name: {@code www.example.com}, or {@code *.example.com} for every name with one more label. Durable when this
     * returns; a name that is there already changes nothing.
     *
     * @throws io.procmodel.error.InvalidValueException if it is no host name, or one too many (Heroku: 1,000)
     * @throws DomainTakenException if another app has it
     */
    public void add(String name) {
        desk.addDomain(name);
    }

    /**
     * Removes a name.
     *
     * @throws io.procmodel.error.InvalidValueException if the app has no such name
     */
    public void remove(String name) {
        desk.removeDomain(name);
    }
}
