package io.procmodel.release;

import com.google.common.collect.ImmutableMap;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that encrypt a ledger's config vars, each kept sealed under a host key. A new host key gets a new data key for
 * what comes, and the older ones sealed again for what is there; no record is rewritten. Immutable.
 */
final class DataKeys {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;

    private final ImmutableMap<String, SecretKey> keys;

    private DataKeys(Map<String, SecretKey> keys) {
        this.keys = ImmutableMap.copyOf(keys);
    }

    /** No keys yet. */
    static DataKeys none() {
        return new DataKeys(Map.of());
    }

    /** These keys and a new one, which is the one to encrypt with from here on. */
    DataKeys withNewKey(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] bytes = new byte[BYTES];
        random.nextBytes(id);
        random.nextBytes(bytes);
        Map<String, SecretKey> all = new LinkedHashMap<>(keys);
        all.put(HexFormat.of().formatHex(id), new SecretKeySpec(bytes, "AES"));
        return new DataKeys(all);
    }

    /**
     * Opens sealed data keys, the newest last.
     *
     * @throws HostKeyException if they were not sealed under this host key
     */
    static DataKeys open(List<SealedBox> boxes, HostKey host) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (SealedBox box : boxes) {
            try {
                keys.put(box.keyId(), new SecretKeySpec(box.open(host.secret(), place(box.keyId(), host)), "AES"));
            } catch (AEADBadTagException e) {
                throw new HostKeyException(
                        host + ": it does not open data key " + box.keyId()
                                + " (expected: the bytes that belong to this id, and an undamaged key file)",
                        e);
            }
        }
        return new DataKeys(keys);
    }

    List<SealedBox> seal(HostKey host, SecureRandom random) {
        List<SealedBox> boxes = new ArrayList<>();
        keys.forEach(
                (id, key) -> boxes.add(SealedBox.seal(id, host.secret(), random, place(id, host), key.getEncoded())));
        return boxes;
    }

    private static String place(String id, HostKey host) {
        return "procmodel data key " + id + " under " + host.id();
    }

    Optional<SecretKey> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The id of the key to encrypt with. */
    String newestId() {
        return keys.keySet().asList().get(keys.size() - 1);
    }
}
