package io.procmodel.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import io.procmodel.json.JsonFields;
import io.procmodel.name.AppName;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.StateDocument;
import io.procmodel.state.StateName;
import java.io.IOException;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;

/**
 * App state that is encrypted with AES-256-GCM on its way to another store, each document bound to its app and name. A
 * document that is not encrypted, or under an earlier key, can be read and is encrypted under the present key by its next
 * save. Thread-safe if the other store is.
 */
public final class SealedAppStateStore implements AppStateStore {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String SEALED = "{\"key\":";

    private final AppStateStore store;
    private final ImmutableList<HostKey> keys;
    private final SecureRandom random = new SecureRandom();

    private SealedAppStateStore(AppStateStore store, List<HostKey> keys) {
        this.store = store;
        this.keys = ImmutableList.copyOf(keys);
    }

    /**
     * Encrypts what goes to {@code store}.
     *
     * @param keys the present key first, then earlier ones
     * @throws InvalidValueException if there is none
     */
    public static SealedAppStateStore over(AppStateStore store, List<HostKey> keys) {
        if (keys.isEmpty()) {
            throw new InvalidValueException("host keys", "none", "the present key, and earlier ones after it");
        }
        return new SealedAppStateStore(store, keys);
    }

    /**
     * {@inheritDoc}
     *
     * @throws HostKeyException if it is encrypted under a key that is not among those given
     */
    @Override
    public Optional<StateDocument> load(AppName app, StateName name) {
        return store.load(app, name)
                .map(document -> new StateDocument(open(app, name, document.text()), document.revision()));
    }

    @Override
    public StateDocument save(AppName app, StateName name, String text, long basedOn) {
        StateDocument saved = store.save(app, name, seal(app, name, text), basedOn);
        return new StateDocument(text, saved.revision());
    }

    @Override
    public void removeAll(AppName app) {
        store.removeAll(app);
    }

    private String seal(AppName app, StateName name, String text) {
        HostKey key = keys.get(0);
        SealedBox box = SealedBox.seal(key.id(), key.secret(), random, place(app, name), text.getBytes(UTF_8));
        StringWriter sealed = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(sealed)) {
            box.write(json);
        } catch (IOException e) {
            throw new StorageException("encrypt", name + " of " + app, e);
        }
        return sealed.toString();
    }

    private String open(AppName app, StateName name, String text) {
        if (!text.startsWith(SEALED)) {
            return text;
        }
        try (JsonFields fields = new JsonFields(text.getBytes(UTF_8))) {
            SealedBox box = SealedBox.read(fields);
            return new String(box.open(key(app, name, box.keyId()).secret(), place(app, name)), UTF_8);
        } catch (AEADBadTagException e) {
            throw new StorageException("decrypt", name + " of " + app, e);
        } catch (IOException e) {
            throw new StorageException("read", name + " of " + app, e);
        }
    }

    private HostKey key(AppName app, StateName name, String id) {
        return keys.stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new HostKeyException(
                        name + " of " + app + ": host keys given: "
                                + keys.stream().map(HostKey::id).toList() + " (expected: " + id
                                + ", which it is encrypted under)",
                        null));
    }

    private static String place(AppName app, StateName name) {
        return "procmodel state " + name + " of " + app;
    }
}
