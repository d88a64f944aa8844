package io.procmodel.addon;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.StateName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Where the add-ons that apps own survive a crash: a document of each app's state. Thread-safe; calls block on the store. */
public final class AddOnStore {
    private static final StateName NAME = StateName.of("add-ons");

    private final AppStateStore states;

    private AddOnStore(AppStateStore states) {
        this.states = states;
    }

    /** The add-ons among {@code states}. */
    public static AddOnStore in(AppStateStore states) {
        return new AddOnStore(states);
    }

    /**
     * The add-ons that an app owns, in the order in which they were ordered.
     *
     * @throws StorageException if they cannot be read or are damaged
     */
    public List<AddOn> ownedBy(AppName app) {
        return states.load(app, NAME)
                .map(document -> read(app, document.text()))
                .orElse(List.of());
    }

    /**
     * Adds an add-on to those that its app owns.
     *
     * @param check sees those that the app owns at that moment, however many hosts add some; what it throws comes through,
     *     with nothing added
     */
    public void add(AddOn addOn, Consumer<List<AddOn>> check) {
        change(addOn.app(), before -> {
            check.accept(before);
            return ImmutableList.<AddOn>builder().addAll(before).add(addOn).build();
        });
    }

    /**
     * Changes an add-on, if it is there, from what it is at that moment, however many others change it.
     *
     * @param change may be called more than once; what it throws comes through, with nothing changed
     * @return before and after, or empty if it is not there (any more)
     */
    public Optional<Change> update(AddOn addOn, UnaryOperator<AddOn> change) {
        AtomicReference<Optional<Change>> made = new AtomicReference<>(Optional.empty());
        change(addOn.app(), all -> {
            Optional<Change> one = all.stream()
                    .filter(other -> other.uuid().equals(addOn.uuid()))
                    .findFirst()
                    .map(before -> new Change(before, change.apply(before)));
            made.set(one);
            return one.map(so -> replaced(all, so)).orElse(all);
        });
        return requireNonNull(made.get());
    }

    /** What an add-on was and is. */
    public record Change(AddOn before, AddOn after) {}

    private static List<AddOn> replaced(List<AddOn> all, Change change) {
        return all.stream()
                .map(other -> other.uuid().equals(change.after().uuid()) ? change.after() : other)
                .toList();
    }

    /** Forgets an add-on; one that is not there is fine. */
    public void remove(AddOn addOn) {
        change(
                addOn.app(),
                before -> before.stream()
                        .filter(other -> !other.uuid().equals(addOn.uuid()))
                        .toList());
    }

    private void change(AppName app, UnaryOperator<List<AddOn>> change) {
        states.update(app, NAME, text -> write(app, change.apply(read(app, text))));
    }

    private static List<AddOn> read(AppName app, Optional<String> text) {
        return text.map(present -> read(app, present)).orElse(List.of());
    }

    private static List<AddOn> read(AppName app, String text) {
        try {
            return AddOnJson.read(app, text);
        } catch (IOException e) {
            throw new StorageException("read", NAME + " of " + app, e);
        }
    }

    private static String write(AppName app, List<AddOn> addOns) {
        try {
            return AddOnJson.write(addOns);
        } catch (IOException e) {
            throw new StorageException("write", NAME + " of " + app, e);
        }
    }
}
