package io.procmodel.router;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A web dyno that is a socket in the test's hands. */
final class RawDyno implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final ServerSocket server;

    RawDyno() throws IOException {
        server = new ServerSocket();
        server.setReceiveBufferSize(RawSide.BUFFER);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    RawSide accept() throws IOException {
        Socket socket = server.accept();
        socket.setSendBufferSize(RawSide.BUFFER);
        return new RawSide(socket);
    }

    /** Nobody has connected; the router connects before it answers, so whoever has the answer need not wait here. */
    void assertNotContacted() throws IOException {
        server.setSoTimeout(5);
        try (RawSide side = accept()) {
            throw new AssertionError("the dyno was contacted: " + side.head());
        } catch (SocketTimeoutException e) {
            server.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
