package io.procmodel;

import io.procmodel.log.LogSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Hands a dyno's output to whoever is attached to it; who cannot be written to any more has gone. The stream is the host's,
 * so whatever it throws means that. Thread-safe.
 */
final class ClientOutput implements LogSource {
    private final OutputStream client;
    private final ClientLine line;

    ClientOutput(OutputStream client, ClientLine line) {
        this.client = client;
        this.line = line;
    }

    @Override
    public synchronized void write(ByteBuffer chunk) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        if (line.isCut()) {
            return;
        }
        try {
            client.write(bytes);
            client.flush();
            line.used();
        } catch (IOException | RuntimeException e) {
            line.cut();
        }
    }

    /** The stream is the client's to close. */
    @Override
    public void close() {
        // Nothing is buffered here.
    }
}
