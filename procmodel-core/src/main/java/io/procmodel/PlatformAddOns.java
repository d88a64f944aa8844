package io.procmodel;

import io.procmodel.addon.AddOn;
import java.util.List;
import java.util.Map;

/**
 * What providers tell the platform about add-ons that they made. Each change is a release in every app that has the add-on
 * attached, without its release command (Heroku: REL-12). Thread-safe; a call waits for no other change of the add-on, so
 * that providers may call from wherever they are.
 */
public final class PlatformAddOns {
    private final AddOnDesk addOns;

    PlatformAddOns(AddOnDesk addOns) {
        this.addOns = addOns;
    }

    /** All add-ons of the platform. */
    public List<AddOn> list() {
        return addOns.all();
    }

    /**
     * The add-on of that name.
     *
     * @throws io.procmodel.addon.NoSuchAddOnException if there is none
     */
    public AddOn get(String name) {
        return addOns.get(name);
    }

    /**
     * What was being made is ready, and these are its config vars under the provider's names (Heroku: ADD-14). A provider may
     * say so while its own {@code provision} has not answered yet, on whatever thread: the order goes on with these config
     * vars then.
     *
     * @throws io.procmodel.addon.AddOnRefusedException if it was not being made, or a key has not the provider's prefix
     */
    public AddOn provisioned(String addOn, Map<String, String> config) {
        return addOns.provisioned(addOn, config);
    }

    /**
     * What was being made will never be: it is detached everywhere and forgotten. An order whose provider says so before it
     * has answered is refused.
     *
     * @throws io.procmodel.addon.AddOnRefusedException if it was not being made
     */
    public void failed(String addOn) {
        addOns.failed(addOn);
    }

    /**
     * The provider changed its config vars, all of which are given (Heroku: ADD-9). What it says so while it moves an add-on
     * to another plan is newer than the answer of that call.
     *
     * @throws io.procmodel.addon.AddOnRefusedException if it is not ready, or a key has not the provider's prefix
     */
    public AddOn configured(String addOn, Map<String, String> config) {
        return addOns.configured(addOn, config);
    }
}
