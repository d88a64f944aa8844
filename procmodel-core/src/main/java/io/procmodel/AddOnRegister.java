package io.procmodel;

import com.google.common.collect.ImmutableMap;
import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnState;
import io.procmodel.addon.AddOnStore;
import io.procmodel.addon.Attachment;
import io.procmodel.addon.NoSuchAddOnException;
import io.procmodel.event.AddOnChanged;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which providers, add-ons and attachments there are on the platform. Thread-safe. */
final class AddOnRegister {
    private final ImmutableMap<String, AddOnProvider> providers;
    private final AddOnStore store;
    private final AppContext context;
    private final Supplier<Collection<ReleaseDesk>> desks;

    AddOnRegister(Map<String, AddOnProvider> providers, AppContext context, Supplier<Collection<ReleaseDesk>> desks) {
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

    Collection<ReleaseDesk> desks() {
        return desks.get();
    }

    /** All add-ons of the platform. */
    List<AddOn> all() {
        return desks().stream()
                .flatMap(desk -> store.ownedBy(desk.app()).stream())
                .toList();
    }

    Optional<AddOn> find(String name) {
        return all().stream().filter(addOn -> addOn.name().equals(name)).findFirst();
    }

    AddOn get(String name) {
        List<AddOn> all = all();
        return all.stream()
                .filter(addOn -> addOn.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchAddOnException(
                        "add-on", name, all.stream().map(AddOn::name).toList()));
    }

    List<AddOn> ownedBy(ReleaseDesk desk) {
        return store.ownedBy(desk.app());
    }

    /** The attachments of an add-on to one app. */
    static List<Attachment> attachments(ReleaseDesk desk, AddOn addOn) {
        return desk.newest().attachments().stream()
                .filter(attachment -> attachment.addOn().equals(addOn.name()))
                .toList();
    }

    boolean isAttached(AddOn addOn) {
        return desks().stream().anyMatch(desk -> !attachments(desk, addOn).isEmpty());
    }

    AddOn save(AddOn addOn) {
        store.save(addOn);
        return addOn;
    }

    /** Saves what others shall hear of. */
    AddOn settle(AddOn addOn) {
        store.save(addOn);
        tell(addOn, addOn.state());
        return addOn;
    }

    void remove(AddOn addOn) {
        store.remove(addOn);
    }

    Instant now() {
        return context.clock().instant();
    }

    private void tell(AddOn addOn, AddOnState state) {
        context.subscribers()
                .tell(new AddOnChanged(addOn.app(), addOn.name(), addOn.plan().toString(), state, addOn.updatedAt()));
    }
}
