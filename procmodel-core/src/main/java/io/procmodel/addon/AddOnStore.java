package io.procmodel.addon;

import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.StateName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Saves a new add-on, or a known one as it is now. */
    public void save(AddOn addOn) {
        change(addOn.app(), before -> {
            List<AddOn> after = new ArrayList<>(before);
            after.replaceAll(other -> other.uuid().equals(addOn.uuid()) ? addOn : other);
            if (!after.contains(addOn)) {
                after.add(addOn);
            }
            return after;
        });
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
