package io.procmodel.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** One end of a connection on which a test sees and says every byte itself. */
class RawSide implements AutoCloseable {
    /** What each end of a test keeps of what is not read yet: little, and the same on every machine. */
    static final int BUFFER = 256 * 1_024;

    private static final int PATIENCE_MILLIS = 30_000;

    final Socket socket;
    private final InputStream in;

    RawSide(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** A connection to a port of this machine. */
    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(BUFFER);
        socket.setSendBufferSize(BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    RawSide send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads a head, up to and with its empty line. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    String bytes(int number) throws IOException {
        byte[] bytes = in.readNBytes(number);
        assertThat(bytes.length)
                .as("bytes that came: " + new String(bytes, ISO_8859_1))
                .isEqualTo(number);
        return new String(bytes, ISO_8859_1);
    }

    /** A head and the body that its length or chunks announce, with the chunks as they came. */
    String message() throws IOException {
        String head = head();
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("\r\ntransfer-encoding: chunked")) {
            return head + chunks();
        }
        int at = lower.indexOf("\r\ncontent-length: ");
        if (at < 0) {
            return head;
        }
        int from = at + "\r\ncontent-length: ".length();
        return head + bytes(Integer.parseInt(head.substring(from, head.indexOf('\r', from))));
    }

    String chunks() throws IOException {
        StringBuilder all = new StringBuilder();
        while (true) {
            String line = line();
            all.append(line);
            int size = Integer.parseInt(line.strip().split(";", -1)[0], 16);
            if (size == 0) {
                break;
            }
            all.append(bytes(size + 2));
        }
        String trailer;
        do {
            trailer = line();
            all.append(trailer);
        } while (!trailer.equals("\r\n"));
        return all.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 1) != '\n') {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + line);
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** Everything until the other end closes; a reset counts as its end. */
    String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open after " + all.toString(ISO_8859_1), e);
        } catch (IOException e) {
            // reset
        }
        return all.toString(ISO_8859_1);
    }

    void assertClosed() throws IOException {
        assertThat(rest()).as("after the last byte").isEmpty();
    }

    void assertSilent() throws IOException {
        socket.setSoTimeout(150);
        try {
            int next = in.read();
            throw new AssertionError(next < 0 ? "closed" : "said " + (char) next);
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Closes with a reset instead of an orderly end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
