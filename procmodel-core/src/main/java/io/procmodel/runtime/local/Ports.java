package io.procmodel.runtime.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.Random;

/**
 * Hands out TCP ports for web dynos, none twice while in use. The range lies below the usual ephemeral range, so that no
 * outgoing connection of this machine takes a port between its check here and the dyno's bind. Thread-safe.
 */
final class Ports {
    static final int FIRST = 20_000;
    static final int LAST = 31_999;

    private final Random random;
    private final BitSet taken = new BitSet(LAST + 1);

    Ports(Random random) {
        this.random = random;
    }

    /**
     * Reserves a port on which nothing listens.
     *
     * @throws IOException if every port of the range is in use
     */
    synchronized int reserve() throws IOException {
        int size = LAST - FIRST + 1;
        int start = random.nextInt(size);
        for (int i = 0; i < size; i++) {
            int port = FIRST + (start + i) % size;
            if (!taken.get(port) && isFree(port)) {
                taken.set(port);
                return port;
            }
        }
        throw new IOException("no free port from " + FIRST + " to " + LAST);
    }

    /**
     * Reserves one port.
     *
     * @throws IOException if it is in use
     */
    synchronized int reserve(int port) throws IOException {
        if (taken.get(port) || !isFree(port)) {
            throw new IOException("port " + port + " is in use");
        }
        taken.set(port);
        return port;
    }

    synchronized void release(int port) {
        taken.clear(port);
    }

    private static boolean isFree(int port) {
        return canBind(new InetSocketAddress(port))
                && canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address, 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
