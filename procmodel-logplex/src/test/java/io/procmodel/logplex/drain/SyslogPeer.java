package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A syslog server that counts octets, as its RFC says, and believes nothing else: a wrong length shows as a wrong message.
 */
public final class SyslogPeer implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean reading = true;

    /** Listens with a server socket of any kind. */
    public SyslogPeer(ServerSocket server) {
        this.server = server;
        Thread acceptor = new Thread(this::accept, "test-syslog-peer");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Listens on a free port of the loopback interface. */
    public static SyslogPeer plain() throws IOException {
        return plain(0);
    }

    /** Listens on a port of the loopback interface. */
    public static SyslogPeer plain(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new SyslogPeer(server);
    }

    /** Its port. */
    public int port() {
        return server.getLocalPort();
    }

    /** All messages so far, without their line feed. */
    public List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    /** What the messages say, without their headers. */
    public List<String> texts() {
        return messages().stream()
                .map(message -> message.substring(message.indexOf(" - - ") + 5))
                .toList();
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    /** Accepts connections but reads nothing from new ones. */
    public void stopReading() {
        reading = false;
    }

    /** Ends the connections that there are. */
    public void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread reader = new Thread(() -> read(socket), "test-syslog-reader");
                reader.setDaemon(true);
                if (reading) {
                    reader.start();
                }
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private void read(Socket socket) {
        try (InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536)) {
            while (true) {
                String message = frame(in);
                synchronized (messages) {
                    messages.add(message);
                }
            }
        } catch (IOException e) {
            sockets.remove(socket);
        }
    }

    private static String frame(InputStream in) throws IOException {
        StringBuilder digits = new StringBuilder();
        for (int c = in.read(); c != ' '; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\n' || digits.length() > 0) {
                digits.append((char) c);
            }
        }
        byte[] message = in.readNBytes(Integer.parseInt(digits.toString()));
        String text = new String(message, ISO_8859_1);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text + " (without line feed)";
    }
}
