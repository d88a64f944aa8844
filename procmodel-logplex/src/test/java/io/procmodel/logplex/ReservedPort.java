package io.procmodel.logplex;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port at which nobody listens, and that nobody gets by chance, neither to listen at nor to connect from, until this is
 * closed. Whoever asks for it by its number, and for the reuse of addresses, may listen there.
 */
final class ReservedPort implements AutoCloseable {
    private final Socket socket = new Socket();

    ReservedPort() throws IOException {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    int number() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
