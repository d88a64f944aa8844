package io.procmodel.release;

import io.procmodel.error.ProcModelException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypted config vars cannot be read with the host keys at hand. Nothing was changed; open the ledger with the key that
 * the message names.
 */
public final class HostKeyException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    HostKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
