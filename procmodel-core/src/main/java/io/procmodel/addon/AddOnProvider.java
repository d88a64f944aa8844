package io.procmodel.addon;

import java.util.List;

/**
 * A service that apps can order, and how its resources are made and given back. An SPI; {@link #named} makes one of a few
 * functions, {@code PartnerProvider} one of a service that speaks the partner protocol over HTTP. Thread-safe.
 *
 * <p>Its methods are called on the thread of whoever orders, hold no lock of the app, and may block. The same call may come
 * again after a crash or an error; the resource's id or the request's uuid tell which one is meant. What they throw reaches
 * the caller, and the order leaves nothing behind then.
 */
public interface AddOnProvider {
    /** A provider made of functions. */
    static SimpleAddOnProvider named(String service) {
        return SimpleAddOnProvider.of(service);
    }

    /** What it is called, for example {@code redistogo}. */
    String service();

    /** Its plans, the default one first (Heroku: ADD-1). */
    List<String> plans();

    /**
     * What its config vars begin with, before an underscore (Heroku: ADD-21). It is the name of an app's first attachment
     * too: with {@code DATABASE} that one brings {@code DATABASE_URL} (ADD-8).
     */
    default String configPrefix() {
        return AttachmentNames.prefixOf(service());
    }

    /** Whether several apps may share a resource of it (Heroku: ADD-6). */
    default boolean supportsSharing() {
        return true;
    }

    /** Whether one app may have several resources of it (Heroku: ADD-6). */
    default boolean supportsMultipleInstallations() {
        return true;
    }

    /**
     * Makes a resource.
     *
     * @throws AddOnRefusedException if it will not; the message is for the user
     */
    AddOnResource provision(AddOnRequest request);

    /**
     * Changes the plan of a resource.
     *
     * @return the resource as it is now, with all its config vars
     * @throws AddOnRefusedException if it will not; the message is for the user
     */
    AddOnResource changePlan(AddOnResource resource, String plan);

    /** Gives a resource back. One that is gone already, or was never finished, is fine. */
    void deprovision(AddOnResource resource);
}
