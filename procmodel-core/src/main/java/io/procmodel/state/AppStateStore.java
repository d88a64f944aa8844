package io.procmodel.state;

import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the state of apps other than their releases survives a crash: one text per app and name. An SPI; each
 * implementation passes the contract suite that comes with it. Thread-safe; calls block on the store and throw
 * {@link StorageException} when it refuses.
 *
 * <p>Several hosts may share one store. None of them overwrites what it has not read: a save names the revision it is
 * based on, and of two that are based on the same one, the second is refused.
 */
public interface AppStateStore {
    /** The revision of a document that is not there. */
    long ABSENT = 0;

    /** The document that was saved last, or empty if none is there. */
    Optional<StateDocument> load(AppName app, StateName name);

    /**
     * Saves a document. When this returns it is durable; after a crash before that the old or the new one is there.
     *
     * @param basedOn the revision of the document that it replaces, {@link #ABSENT} if there is none
     * @return the document under its new revision
     * @throws StaleStateException if {@code basedOn} is not the newest revision
     */
    StateDocument save(AppName app, StateName name, String text, long basedOn);

    /** Forgets all documents of an app, durably. An app without documents is fine. */
    void removeAll(AppName app);

    /**
     * Changes a document however many others change it at the same time: reads, asks {@code change} for the new text,
     * saves, and begins anew when somebody else came first. A change that gives the same text saves nothing.
     *
     * @param change from the present text to the new one; it may be called more than once, and its exceptions come
     *     through with nothing changed
     * @return the document as it is now
     */
    default StateDocument update(AppName app, StateName name, Function<Optional<String>, String> change) {
        while (true) {
            Optional<StateDocument> present = load(app, name);
            String text = change.apply(present.map(StateDocument::text));
            if (present.isPresent() && present.get().text().equals(text)) {
                return present.get();
            }
            try {
                return save(
                        app, name, text, present.map(StateDocument::revision).orElse(ABSENT));
            } catch (StaleStateException e) {
                // somebody else came first: what they saved is read in the next turn
            }
        }
    }
}
