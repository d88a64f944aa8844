package io.procmodel.formation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.StaleStateException;
import io.procmodel.state.StateDocument;
import io.procmodel.state.StateName;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where the formation of one app survives a crash: a document of its state. Thread-safe; calls block on the store. */
public final class FormationStore {
    private static final StateName NAME = StateName.of("formation");

    private final JsonFactory json = new JsonFactory();
    private final AppStateStore states;
    private final AppName app;
    private final DynoSizes sizes;

    private FormationStore(AppStateStore states, AppName app, DynoSizes sizes) {
        this.states = states;
        this.app = app;
        this.sizes = sizes;
    }

    /** The formation of one app among {@code states}. */
    public static FormationStore of(AppStateStore states, AppName app) {
        return of(states, app, DynoSizes.HEROKU);
    }

    /**
     * The formation of one app among {@code states}. A stored size that is none of {@code sizes} keeps its name and is not
     * {@linkplain DynoSize#isDefined defined}.
     */
    public static FormationStore of(AppStateStore states, AppName app, DynoSizes sizes) {
        return new FormationStore(states, app, sizes);
    }

    /**
     * The formation that was saved last, or empty if none ever was.
     *
     * @throws StorageException if it cannot be read or is damaged
     */
    public Optional<Formation> load() {
        return states.load(app, NAME).map(document -> read(document.text()));
    }

    private Formation read(String text) {
        try {
            return FormationJson.read(json, sizes, text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new StorageException("read", NAME + " of " + app, e);
        }
    }

    /**
     * Changes the formation however many hosts change it at the same time. When this returns the change is durable; after a
     * crash before that the old or the new one is there. A change that changes nothing saves nothing.
     *
     * @param first what is changed if none was ever saved
     * @param change may be called more than once; what it throws comes through, with nothing changed
     * @return the formation as it is now
     * @throws StorageException if it cannot be written; the old one is then still there
     */
    public Formation update(Formation first, UnaryOperator<Formation> change) {
        while (true) {
            Optional<StateDocument> stored = states.load(app, NAME);
            Formation before = stored.map(document -> read(document.text())).orElse(first);
            Formation after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            try {
                states.save(
                        app,
                        NAME,
                        write(after),
                        stored.map(StateDocument::revision).orElse(AppStateStore.ABSENT));
                return after;
            } catch (StaleStateException e) {
                // another host came first: what it saved is read in the next turn
            }
        }
    }

    private String write(Formation formation) {
        try {
            return new String(FormationJson.write(json, formation), UTF_8);
        } catch (IOException e) {
            throw new StorageException("write", NAME + " of " + app, e);
        }
    }
}
