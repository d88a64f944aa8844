package io.procmodel.logplex.drain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A TCP connection. Non-blocking underneath, so that every wait has an end. */
final class PlainConnection implements PeerConnection {
    private static final byte[] LINE_FEED = {'\n'};
    private static final long RESET_MILLIS = 20;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration patience;
    private final ByteBuffer ignored = ByteBuffer.allocate(512);

    private PlainConnection(SocketChannel channel, Selector selector, SelectionKey key, Duration patience) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
        this.patience = patience;
    }

    /**
     * Connects.
     *
     * @param patience how long a peer may take to accept the connection, and later to read on
     */
    static PlainConnection to(String host, int port, Duration patience, Duration connectPatience) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(new InetSocketAddress(host, port), (int) connectPatience.toMillis());
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            return new PlainConnection(channel, selector, channel.register(selector, SelectionKey.OP_WRITE), patience);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Peer peer() {
        try {
            int read;
            do {
                read = channel.read(ignored.clear());
            } while (read > 0);
            return read < 0 ? afterTheEnd() : Peer.READING;
        } catch (IOException e) {
            return Peer.BROKEN;
        }
    }

    /**
     * The peer's end of stream says that it had read everything when it closed; what came later its machine has answered
     * with a reset, after which writing fails.
     */
    private Peer afterTheEnd() {
        try {
            Thread.sleep(RESET_MILLIS);
            return channel.write(ByteBuffer.wrap(LINE_FEED)) == 1 ? Peer.GONE : Peer.BROKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Peer.BROKEN;
        } catch (IOException e) {
            return Peer.BROKEN;
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0 && selector.select(patience.toMillis()) == 0) {
                throw new SocketTimeoutException("the peer has not read for " + patience.toSeconds() + " s");
            }
            selector.selectedKeys().clear();
        }
    }

    @Override
    public void abort() {
        closeAll();
    }

    @Override
    public void close() {
        closeAll();
    }

    private void closeAll() {
        try {
            key.cancel();
            channel.close();
            selector.close();
        } catch (IOException e) {
            // Given up either way.
            return;
        }
    }
}
