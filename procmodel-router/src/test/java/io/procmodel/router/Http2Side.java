package io.procmodel.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client of HTTP/2 that says and sees every frame; its headers are not checked by anybody. */
final class Http2Side implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GO_AWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW = 4;
    private static final int FRAME = 32 * 1_024;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder((name, value) -> false);
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, Answer> answers = new HashMap<>();
    private final Map<Integer, Integer> allowed = new HashMap<>();
    private boolean ended;

    /** What came on one stream. */
    static final class Answer {
        final List<Http2Headers> heads = new ArrayList<>();
        final StringBuilder body = new StringBuilder();
        boolean complete;
        int reset = -1;

        String status() {
            return String.valueOf(heads.get(heads.size() - 1).status());
        }

        boolean isOver() {
            return complete || reset >= 0;
        }
    }

    /** Shakes hands, and allows that many bytes in each stream before it says more. */
    Http2Side(int port, int window) throws IOException {
        socket = TestKeys.encrypted(RawSide.connect(port), "h2");
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), FRAME));
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        frame(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort((short) INITIAL_WINDOW)
                        .putInt(window)
                        .array());
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    /** Sends a head of names and values in turn. */
    Http2Side headers(int stream, boolean end, String... pairs) throws IOException {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers(stream, end, headers);
    }

    Http2Side headers(int stream, boolean end, Http2Headers headers) throws IOException {
        ByteBuf block = Unpooled.buffer();
        try {
            encoder.encodeHeaders(stream, headers, block);
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, ByteBufUtil.getBytes(block));
        return this;
    }

    Http2Side get(int stream, String path) throws IOException {
        return headers(
                stream, true, ":method", "GET", ":scheme", "https", ":authority", "shop.localhost", ":path", path);
    }

    Http2Side post(int stream, String... more) throws IOException {
        List<String> pairs = new ArrayList<>(
                List.of(":method", "POST", ":scheme", "https", ":authority", "shop.localhost", ":path", "/" + stream));
        pairs.addAll(List.of(more));
        return headers(stream, false, pairs.toArray(String[]::new));
    }

    Http2Side data(int stream, boolean end, String text) throws IOException {
        frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(ISO_8859_1));
        return this;
    }

    Http2Side reset(int stream) throws IOException {
        frame(RESET, 0, stream, ByteBuffer.allocate(4).putInt(8).array());
        return this;
    }

    void allow(int stream, int bytes) throws IOException {
        frame(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    Answer seen(int stream) {
        return answers.computeIfAbsent(stream, key -> new Answer());
    }

    /** Reads until a stream has ended, or the connection has. */
    Answer answer(int stream) throws IOException {
        Answer answer = seen(stream);
        while (!answer.isOver() && !ended) {
            readFrame();
        }
        return answer;
    }

    /** Reads until a stream has this much of a body. */
    Answer body(int stream, int length) throws IOException {
        Answer answer = seen(stream);
        while (!answer.isOver() && !ended && answer.body.length() < length) {
            readFrame();
        }
        return answer;
    }

    /** Sends as much of a body as the other end takes while it takes some, and at most that many bytes. */
    long pump(int stream, long most) throws IOException {
        byte[] block = new byte[16_000];
        long sent = 0;
        socket.setSoTimeout(700);
        try {
            while (sent < most) {
                while (allowed(stream) < block.length || allowed(0) < block.length) {
                    readFrame();
                }
                frame(DATA, 0, stream, block);
                allowed.merge(stream, -block.length, Integer::sum);
                allowed.merge(0, -block.length, Integer::sum);
                sent += block.length;
            }
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(30_000);
        }
        return sent;
    }

    private int allowed(int stream) {
        return allowed.computeIfAbsent(stream, key -> 65_535);
    }

    /** Reads until the connection is refused or ended. */
    void awaitEnd() throws IOException {
        while (!ended) {
            readFrame();
        }
    }

    /** One frame; whatever the connection's end looks like, it is its end. */
    private void readFrame() throws IOException {
        int length;
        byte[] payload;
        int type;
        int flags;
        int stream;
        try {
            length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            type = in.readUnsignedByte();
            flags = in.readUnsignedByte();
            stream = in.readInt() & Integer.MAX_VALUE;
            payload = new byte[length];
            in.readFully(payload);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            ended = true;
            return;
        }
        take(type, flags, stream, payload);
    }

    private void take(int type, int flags, int stream, byte[] payload) throws IOException {
        boolean end = (flags & END_STREAM) != 0;
        switch (type) {
            case DATA -> {
                seen(stream).body.append(new String(payload, ISO_8859_1));
                seen(stream).complete |= end;
            }
            case HEADERS -> {
                try {
                    seen(stream).heads.add(decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload)));
                } catch (Http2Exception e) {
                    throw new IOException(e);
                }
                seen(stream).complete |= end;
            }
            case RESET -> seen(stream).reset = ByteBuffer.wrap(payload).getInt();
            case SETTINGS -> {
                if ((flags & 1) == 0) {
                    frame(SETTINGS, 1, 0, new byte[0]);
                }
            }
            case WINDOW_UPDATE ->
                allowed.put(stream, allowed(stream) + ByteBuffer.wrap(payload).getInt());
            case GO_AWAY -> ended |= ByteBuffer.wrap(payload).getInt(4) != 0;
            default -> {}
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
