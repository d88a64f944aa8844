package io.procmodel;

import com.google.common.collect.ImmutableMap;
import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnState;
import io.procmodel.addon.AddOnStore;
import io.procmodel.addon.Attachment;
import io.procmodel.addon.NoSuchAddOnException;
import io.procmodel.error.InvalidValueException;
import io.procmodel.event.AddOnChanged;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Which providers, add-ons and attachments there are on the platform. Thread-safe. */
final class AddOnRegister {
    private final ImmutableMap<String, AddOnProvider> providers;
    private final AddOnStore store;
    private final AppContext context;
    private final AppDesks desks;

    AddOnRegister(Map<String, AddOnProvider> providers, AppContext context, AppDesks desks) {
        this.providers = ImmutableMap.copyOf(providers);
        this.store = AddOnStore.in(context.states());
        this.context = context;
        this.desks = desks;
    }

    AddOnProvider provider(String service) {
        AddOnProvider provider = providers.get(service);
        if (provider == null) {
            throw new NoSuchAddOnException("add-on service", service, providers.keySet());
        }
        return provider;
    }

    Optional<AddOnProvider> findProvider(AddOn addOn) {
        return Optional.ofNullable(providers.get(addOn.plan().service()));
    }

    /** The apps, among them those that other hosts created since this one looked last. */
    Collection<ReleaseDesk> everyDesk() {
        return desks.every();
    }

    /** All add-ons of the platform. */
    List<AddOn> all() {
        return desks.known().stream()
                .flatMap(desk -> store.ownedBy(desk.app()).stream())
                .toList();
    }

    Optional<AddOn> find(String name) {
        return all().stream().filter(addOn -> addOn.name().equals(name)).findFirst();
    }

    AddOn get(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    NoSuchAddOnException unknown(String name) {
        return new NoSuchAddOnException(
                "add-on", name, all().stream().map(AddOn::name).toList());
    }

    /** The attachments of an add-on to one app. */
    static List<Attachment> attachments(ReleaseDesk desk, AddOn addOn) {
        return desk.newest().attachments().stream()
                .filter(attachment -> attachment.addOn().equals(addOn.name()))
                .toList();
    }

    boolean isAttached(AddOn addOn) {
        return everyDesk().stream().anyMatch(desk -> !attachments(desk, addOn).isEmpty());
    }

    /** What an add-on is now, if it is there and not being given back. */
    Optional<AddOn> present(AddOn addOn) {
        return store.ownedBy(addOn.app()).stream()
                .filter(other -> other.uuid().equals(addOn.uuid()) && other.state() != AddOnState.DEPROVISIONING)
                .findFirst();
    }

    /**
     * Notes an add-on that is being ordered.
     *
     * @param check sees what its app owns already
     * @throws InvalidValueException if an add-on of any app has its name
     */
    AddOn note(AddOn addOn, Consumer<List<AddOn>> check) {
        requireUnused(addOn);
        store.add(addOn, check);
        try {
            requireUnused(addOn); // another host may have noted one at the same time: both find out then
        } catch (InvalidValueException e) {
            store.remove(addOn);
            throw e;
        }
        return addOn;
    }

    private void requireUnused(AddOn addOn) {
        boolean used = desks.names().stream()
                .flatMap(app -> store.ownedBy(app).stream())
                .anyMatch(other ->
                        other.name().equals(addOn.name()) && !other.uuid().equals(addOn.uuid()));
        if (used) {
            throw new InvalidValueException("add-on name", addOn.name(), "one that no add-on of the platform has");
        }
    }

    /** Changes an add-on that is there from what it is now. */
    Optional<AddOn> update(AddOn addOn, UnaryOperator<AddOn> change) {
        return store.update(addOn, change).map(AddOnStore.Change::after);
    }

    /** Changes an add-on that is there from what it is now, and lets others hear of it. */
    Optional<AddOn> settle(AddOn addOn, UnaryOperator<AddOn> change) {
        Optional<AddOnStore.Change> made = store.update(addOn, change);
        made.filter(one -> !one.before().equals(one.after())).ifPresent(one -> tell(one.after()));
        return made.map(AddOnStore.Change::after);
    }

    void remove(AddOn addOn) {
        store.remove(addOn);
    }

    Instant now() {
        return context.clock().instant();
    }

    private void tell(AddOn addOn) {
        context.subscribers()
                .tell(new AddOnChanged(
                        addOn.app(), addOn.name(), addOn.plan().toString(), addOn.state(), addOn.updatedAt()));
    }
}
