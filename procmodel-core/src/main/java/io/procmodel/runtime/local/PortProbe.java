package io.procmodel.runtime.local;

import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Watches until something accepts connections on a port (Heroku: DYN-7). One thread serves all dynos: a connect on
 * loopback answers at once, one way or the other.
 */
final class PortProbe implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 200;
    private static final long SHORTEST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 100;

    /** A port is looked at again after that part of the time that its dyno has taken so far: it is found open soon. */
    private static final long PART_OF_BOOT = 20;

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("procmodel-port-probe"));

    /**
     * Calls {@code onOpen} once when the port accepts, unless {@code gone} says before that there is nobody left to wait
     * for.
     */
    void watch(int port, BooleanSupplier gone, Runnable onOpen) {
        probeLater(port, gone, onOpen, System.nanoTime());
    }

    private void probeLater(int port, BooleanSupplier gone, Runnable onOpen, long since) {
        long part = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) / PART_OF_BOOT;
        long pause = Math.max(SHORTEST_PAUSE_MILLIS, Math.min(part, LONGEST_PAUSE_MILLIS));
        try {
            Future<?> unused = timer.schedule(() -> probe(port, gone, onOpen, since), pause, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The runtime is closing: the dyno is about to be killed, and nobody waits for its port any more.
        }
    }

    private void probe(int port, BooleanSupplier gone, Runnable onOpen, long since) {
        if (gone.getAsBoolean()) {
            return;
        }
        if (accepts(port)) {
            onOpen.run();
        } else {
            probeLater(port, gone, onOpen, since);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
