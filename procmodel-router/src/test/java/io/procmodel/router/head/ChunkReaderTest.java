package io.procmodel.router.head;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;

/** The codec cases of the study's table, section 1.7, through the guard and Netty's decoder: what is decoded, and when it is over. */
class ChunkReaderTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String MESSAGE = "5\r\nhello\r\n10;a=\"b\"\r\n0123456789abcdef\r\n0\r\nX: y\r\n\r\n";
    private static final String DONE = "hello0123456789abcdef|done";

    /** The decoded body, and {@code done}, {@code bad} or {@code more}. */
    private static String read(String body, int... cuts) {
        EmbeddedChannel channel = new EmbeddedChannel(new RequestGuard(), new HttpRequestDecoder());
        String all = HEAD + body;
        int from = 0;
        for (int cut : cuts) {
            channel.writeInbound(Unpooled.copiedBuffer(all.substring(from, HEAD.length() + cut), ISO_8859_1));
            from = HEAD.length() + cut;
        }
        channel.writeInbound(Unpooled.copiedBuffer(all.substring(from), ISO_8859_1));
        StringBuilder decoded = new StringBuilder();
        String state = "more";
        Object message;
        while ((message = channel.readInbound()) != null) {
            if (message instanceof Refusal) {
                state = "bad";
            } else if (message instanceof HttpContent content) {
                decoded.append(content.content().toString(ISO_8859_1));
                state = message instanceof LastHttpContent ? "done" : state;
            }
            ReferenceCountUtil.release(message);
        }
        channel.finishAndReleaseAll();
        return decoded + "|" + state;
    }

    /** chunked_html, unchunked_html. */
    @Test
    void chunked_html_unchunked_html() {
        String page = "<!DOCTYPE html>\r\n<p>\u00e9</p>\r\n".repeat(500);
        String body = Integer.toHexString(page.length()) + "\r\n" + page + "\r\n0\r\n\r\n";
        assertThat(read(body)).isEqualTo(page + "|done");
    }

    /** chunked_short_msg, unchunked_short_msg: what is not all there is neither over nor wrong. */
    @Test
    void chunked_short_msg_unchunked_short_msg() {
        assertThat(read("5\r\nhel")).isEqualTo("hel|more");
        assertThat(read("5")).isEqualTo("|more");
        assertThat(read("5\r\nhello\r\n")).isEqualTo("hello|more");
        assertThat(read("5\r\nhello\r\n0\r\n")).isEqualTo("hello|more");
    }

    /** chunked_stream, unchunked_stream: many chunks, byte by byte. */
    @Test
    void chunked_stream_unchunked_stream() {
        StringBuilder body = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i < 40; i++) {
            body.append(Integer.toHexString(i))
                    .append("\r\n")
                    .append("x".repeat(i))
                    .append("\r\n");
            expected.append("x".repeat(i));
        }
        body.append("0\r\n\r\n");
        int[] cuts = new int[body.length()];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i;
        }
        assertThat(read(body.toString(), cuts)).isEqualTo(expected + "|done");
    }

    /** chunked_boundary_chunk, unchunked_boundary_chunk: cut right between the parts. */
    @Test
    void chunked_boundary_chunk_unchunked_boundary_chunk() {
        assertThat(read(MESSAGE, 1, 2, 3, 8, 9, 10)).isEqualTo(DONE);
    }

    /** chunked_zero_crlf_end, unchunked_zero_crlf_end. */
    @Test
    void chunked_zero_crlf_end_unchunked_zero_crlf_end() {
        assertThat(read("0\r\n\r\n")).isEqualTo("|done");
        assertThat(read("0\r\n", 1)).isEqualTo("|more");
        assertThat(read("2\r\nab\r\n0\r\n\r\n", 8, 10)).isEqualTo("ab|done");
    }

    /** chunked_trailers, unchunked_trailers. */
    @Test
    void chunked_trailers_unchunked_trailers() {
        assertThat(read("2\r\nab\r\n0\r\nA: b\r\nC:\r\n\r\n")).isEqualTo("ab|done");
    }

    /** chunked_bad_trailers, unchunked_bad_trailers. */
    @Test
    void chunked_bad_trailers_unchunked_bad_trailers() {
        for (String trailer : new String[] {"A b: c\r\n", ": c\r\n", "A\r\n", "A: b\rc\r\n", " A: b\r\n", "A: b\n"}) {
            assertThat(read("2\r\nab\r\n0\r\n" + trailer + "\r\n")).as(trailer).endsWith("|bad");
        }
    }

    /** A chunk of no bytes is the last one: what follows that is no trailer is wrong. */
    @Test
    void chunked_zero_chunk_in_middle() {
        assertThat(read("2\r\nab\r\n0\r\n2\r\ncd\r\n0\r\n\r\n")).isEqualTo("ab|bad");
    }

    @Test
    void chunked_embedded_cr() {
        assertThat(read("7\r\na\rb\nc\r\n\r\n0\r\n\r\n")).isEqualTo("a\rb\nc\r\n|done");
    }

    /** chunked_bad_length, unchunked_bad_length, chunked_bad_next_chunk. */
    @Test
    void chunked_bad_length_unchunked_bad_length_chunked_bad_next_chunk() {
        for (String bad : new String[] {"5\n", "5\rx", "x\r\n", "-5\r\n", "\r\n", "5 x\u0000\r\n", "5\r\r\n"}) {
            assertThat(read(bad + "hello\r\n0\r\n\r\n")).as(bad).isEqualTo("|bad");
            assertThat(read("2\r\nab\r\n" + bad + "hello\r\n0\r\n\r\n")).as(bad).isEqualTo("ab|bad");
        }
    }

    /** chunked_all_bounds_1: cut in two anywhere. */
    @Test
    void chunked_all_bounds_1() {
        for (int i = 0; i <= MESSAGE.length(); i++) {
            assertThat(read(MESSAGE, i)).as("cut at %d", i).isEqualTo(DONE);
        }
    }

    /** chunked_all_bounds_2: cut in three anywhere. */
    @Test
    void chunked_all_bounds_2() {
        for (int i = 0; i <= MESSAGE.length(); i++) {
            for (int j = i; j <= MESSAGE.length(); j++) {
                assertThat(read(MESSAGE, i, j)).as("cut at %d and %d", i, j).isEqualTo(DONE);
            }
        }
    }

    /** Every byte that may not stand at a place, at that place: refused there, and nothing behind it passes. */
    @Test
    void noByteBehindABadOnePasses() {
        ByteBuf in = Unpooled.copiedBuffer("5\r\nhelloX\r\n0\r\n\r\n", ISO_8859_1);
        ChunkReader reader = new ChunkReader();
        assertThat(reader.read(in)).isEqualTo("5\r\nhello".length());
        assertThat(reader.isBad()).isTrue();
        in.release();
    }
}
