package io.procmodel.release;

import io.procmodel.error.InvalidValueException;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of the host under which a ledger encrypts config vars: 256 random bits and the id by which the ledger remembers
 * which key it was. The host keeps the bits elsewhere than the ledger. Immutable; it prints its id alone.
 */
public final class HostKey {
    private static final int BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String id;
    private final SecretKey key;

    private HostKey(String id, SecretKey key) {
        this.id = id;
        this.key = key;
    }

    /**
     * A key from its id, 1 to 64 letters, digits, {@code .}, {@code _} and {@code -}, and its 32 bytes, which are copied.
     *
     * @throws InvalidValueException if one of them has another form
     */
    public static HostKey of(String id, byte[] bytes) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidValueException("id of a host key", id, "1 to 64 letters, digits, '.', '_' and '-'");
        }
        if (bytes.length != BYTES) {
            throw new InvalidValueException("host key " + id, bytes.length + " bytes", BYTES + " bytes");
        }
        return new HostKey(id, new SecretKeySpec(bytes, "AES"));
    }

    /** The name of the key; no secret. */
    public String id() {
        return id;
    }

    SecretKey secret() {
        return key;
    }

    /** For example {@code host key 2026-01}. */
    @Override
    public String toString() {
        return "host key " + id;
    }
}
