package io.procmodel;

import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnOrder;
import io.procmodel.addon.Attachment;
import io.procmodel.release.Release;
import java.util.List;
import java.util.Optional;

/**
 * The add-ons of an app, what {@code heroku addons} is about. Each change is a release, and every dyno restarts with the
 * config vars that come or go. Thread-safe; calls block on the provider. While an add-on is being ordered, moved to another
 * plan or given back, {@link #changePlan} and {@link #destroy} of the same add-on throw
 * {@link io.procmodel.addon.AddOnBusyException}, and so does {@link #attach} until its provider has answered the order.
 */
public final class AppAddOns {
    private final AddOnDesk addOns;
    private final ReleaseDesk desk;

    AppAddOns(AddOnDesk addOns, ReleaseDesk desk) {
        this.addOns = addOns;
        this.desk = desk;
    }

    /**
     * Orders an add-on in a plan, {@code service:plan}, or in its service's default plan, {@code service}, and attaches it.
     *
     * @throws io.procmodel.addon.NoSuchAddOnException if there is no such service or plan
     * @throws io.procmodel.addon.AddOnRefusedException if its provider will not or cannot; nothing is left behind then
     */
    public AddOn add(String plan) {
        return add(AddOnOrder.of(plan));
    }

    /**
     * Orders an add-on with a name, an attachment's name or options of the caller's choice; see {@link #add(String)}.
     *
     * @throws io.procmodel.addon.ConfirmationRequiredException if the attachment's name is in use (Heroku: ADD-12)
     */
    public AddOn add(AddOnOrder order) {
        return addOns.add(desk, order);
    }

    /** The add-ons that the app owns or has attached. */
    public List<AddOn> list() {
        return addOns.list(desk);
    }

    /** The attachments of the newest release: names and keys, no values. */
    public List<Attachment> attachments() {
        return desk.newest().attachments();
    }

    /**
     * Attaches an add-on that is there, of this app or another, under a name that is free.
     *
     * @throws io.procmodel.addon.NoSuchAddOnException if there is no such add-on
     * @throws io.procmodel.addon.AddOnRefusedException if apps cannot share it (Heroku: ADD-6)
     */
    public Release attach(String addOn) {
        return addOns.attach(desk, addOn, Optional.empty(), Optional.empty());
    }

    /**
     * Attaches an add-on that is there, under that name: {@code CACHE} brings {@code CACHE_URL}.
     *
     * @throws io.procmodel.addon.ConfirmationRequiredException if the name, or a config var of it, is in use
     */
    public Release attach(String addOn, String as) {
        return addOns.attach(desk, addOn, Optional.of(as), Optional.empty());
    }

    /** Attaches an add-on under a name that may be in use, which the app's name confirms (Heroku: ADD-12). */
    public Release attach(String addOn, String as, String confirmation) {
        return addOns.attach(desk, addOn, Optional.of(as), Optional.of(confirmation));
    }

    /**
     * Detaches an attachment, and with it exactly its config vars; the add-on stays (Heroku: ADD-10).
     *
     * @throws io.procmodel.addon.NoSuchAddOnException if the app has no such attachment
     */
    public Release detach(String attachment) {
        return addOns.detach(desk, attachment);
    }

    /**
     * Changes the plan of an add-on that the app owns, up or down (Heroku: ADD-16).
     *
     * @throws io.procmodel.addon.NoSuchAddOnException if there is no such add-on or plan
     * @throws io.procmodel.addon.AddOnRefusedException if its provider will not; nothing has changed then
     */
    public AddOn changePlan(String addOn, String plan) {
        return addOns.changePlan(desk, addOn, plan);
    }

    /**
     * Gives an add-on back that the app owns; every attachment of it goes (Heroku: ADD-10).
     *
     * @throws io.procmodel.addon.ConfirmationRequiredException if other apps have it attached
     * @throws io.procmodel.addon.AddOnRefusedException if the app does not own it, or its provider fails: it is detached
     *     then, and given back when this is called again or the platform is opened
     */
    public void destroy(String addOn) {
        addOns.destroy(desk, addOn, Optional.empty());
    }

    /** Gives an add-on back even if other apps have it attached, which the app's name confirms. */
    public void destroy(String addOn, String confirmation) {
        addOns.destroy(desk, addOn, Optional.of(confirmation));
    }
}
