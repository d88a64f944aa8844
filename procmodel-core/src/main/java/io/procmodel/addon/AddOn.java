package io.procmodel.addon;

import io.procmodel.config.ConfigVars;
import io.procmodel.name.AppName;
import java.time.Instant;
import java.util.List;

/**
 * A resource of a provider that an app ordered and owns (Heroku: ADD-2). Immutable; it prints no config value.
 *
 * @param name unique over the platform, for example {@code redistogo-curly-33328} (ADD-4)
 * @param uuid its identity, for ever
 * @param app the app that owns it
 * @param plan its service and plan
 * @param state how far it came
 * @param resource what the provider made
 * @param createdAt when it was ordered
 * @param updatedAt when state, plan or config vars last changed
 */
public record AddOn(
        String name,
        String uuid,
        AppName app,
        PlanName plan,
        AddOnState state,
        AddOnResource resource,
        Instant createdAt,
        Instant updatedAt) {
    /** The keys of its config vars under the provider's names. */
    public List<String> configKeys() {
        return List.copyOf(resource.config().keys());
    }

    /** What the provider told the user, or empty. */
    public String message() {
        return resource.message();
    }

    /** The same add-on after a change. */
    public AddOn changed(AddOnState newState, AddOnResource newResource, Instant at) {
        return new AddOn(name, uuid, app, plan, newState, newResource, createdAt, at);
    }

    /** The same add-on on another plan. */
    public AddOn onPlan(String newPlan, AddOnResource newResource, Instant at) {
        return new AddOn(name, uuid, app, new PlanName(plan.service(), newPlan), state, newResource, createdAt, at);
    }

    /** Whether its provider has answered the order, with a resource that is ready or is being made. */
    public boolean isAnswered() {
        return !resource.id().isEmpty();
    }

    /** What its provider gets when it is to be given back: with an id, whatever the provider had answered. */
    public AddOnResource identified() {
        return resource.id().isEmpty() ? resource.id(uuid) : resource;
    }

    /** The same add-on with these config vars, which may be used now; its state stays. */
    public AddOn bringing(ConfigVars config, Instant at) {
        return changed(state, new AddOnResource(resource.id(), config, resource.message(), true), at);
    }

    /** The same add-on, no more being made if what its provider made may be used. */
    public AddOn settled(Instant at) {
        return state == AddOnState.PROVISIONING && resource.ready()
                ? changed(AddOnState.PROVISIONED, resource, at)
                : this;
    }

    /** For example {@code redistogo-curly-33328 (redistogo:nano) PROVISIONED}. */
    @Override
    public String toString() {
        return name + " (" + plan + ") " + state;
    }
}
