package io.procmodel;

import io.procmodel.log.LogSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Hands a dyno's output to whoever is attached to it; who cannot be written to any more has gone. Thread-safe. */
final class ClientOutput implements LogSource {
    private final OutputStream client;
    private final Runnable onLost;
    private boolean lost;

    ClientOutput(OutputStream client, Runnable onLost) {
        this.client = client;
        this.onLost = onLost;
    }

    @Override
    public synchronized void write(ByteBuffer chunk) {
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        if (lost) {
            return;
        }
        try {
            client.write(bytes);
            client.flush();
        } catch (IOException e) {
            lost = true;
            onLost.run();
        }
    }

    /** The stream is the client's to close. */
    @Override
    public void close() {
        // Nothing is buffered here.
    }
}
