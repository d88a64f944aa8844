package io.procmodel.router;

import io.procmodel.error.ProcModelException;
import java.net.InetSocketAddress;

/** An address cannot be listened on: it is in use, or not one of this machine. Take another. */
public final class ListenException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    ListenException(InetSocketAddress address, Throwable cause) {
        super(
                "listen on " + address + ": " + cause.getMessage() + " (expected: a free address of this machine)",
                cause);
    }
}
