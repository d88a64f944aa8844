package io.procmodel.logplex.drain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TLS connection. The chain and the name of the peer are checked unless the host has said that it need not be. */
final class TlsConnection implements PeerConnection {
    private static final int PROBE_MILLIS = 1;
    private static final int SLICE = 16 * 1024;

    private final SSLSocket socket;
    private final WriteLimit limit;

    private TlsConnection(SSLSocket socket, WriteLimit limit) {
        this.socket = socket;
        this.limit = limit;
    }

    /** Connects and shakes hands. */
    static TlsConnection to(
            String host, int port, SSLContext context, boolean checkName, WriteLimit.Timer timer, Duration patience)
            throws IOException {
        Socket plain = new Socket();
        try {
            plain.setKeepAlive(true);
            plain.connect(new InetSocketAddress(host, port), (int) patience.toMillis());
            plain.setSoTimeout((int) patience.toMillis());
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(checkName ? "HTTPS" : "");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new TlsConnection(socket, new WriteLimit(plain, timer));
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    @Override
    public Peer peer() {
        try {
            socket.setSoTimeout(PROBE_MILLIS);
            while (socket.getInputStream().read() >= 0) {
                // What a talkative peer says is of no interest.
            }
            return Peer.BROKEN;
        } catch (SocketTimeoutException e) {
            return Peer.READING;
        } catch (IOException e) {
            return Peer.BROKEN;
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        for (int at = bytes.position(); at < bytes.limit(); at += SLICE) {
            limit.begin();
            try {
                socket.getOutputStream()
                        .write(bytes.array(), bytes.arrayOffset() + at, Math.min(SLICE, bytes.limit() - at));
            } finally {
                limit.end();
            }
        }
    }

    @Override
    public void abort() {
        limit.abort();
    }

    @Override
    public void close() {
        limit.begin();
        try {
            socket.close();
        } catch (IOException e) {
            // Given up either way.
            return;
        } finally {
            limit.end();
        }
    }
}
