package io.procmodel.benchmarks.logplex;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A peer that reads all that comes on its first connection, counts the bytes and forgets them. */
final class SyslogPeer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 30_000;

    private final ServerSocket server;
    private final AtomicLong bytes = new AtomicLong();
    private final Thread reader;

    SyslogPeer() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        reader = new Thread(this::read, "peer");
        reader.setDaemon(true);
        reader.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits for the end of the connection. */
    void expectAtLeast(long least) {
        try {
            reader.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (reader.isAlive() || bytes.get() < least) {
            throw new IllegalStateException("bytes at the peer: " + bytes + " (expected: " + least + " or more)");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void read() {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            byte[] buffer = new byte[256 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.addAndGet(read);
            }
        } catch (IOException e) {
            // The count says what is missing.
            return;
        }
    }
}
