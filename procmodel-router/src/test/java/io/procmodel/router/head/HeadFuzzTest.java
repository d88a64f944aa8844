package io.procmodel.router.head;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Mutated requests through the guard and the codec: nothing is thrown, and what comes out is a request that the simplest
 * reading of RFC 9112 accepts too, or a refusal. {@code -Dprocmodel.fuzz.inputs=1000000} is the full size.
 */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end with CR LF
class HeadFuzzTest {
    private static final int INPUTS = Integer.getInteger("procmodel.fuzz.inputs", 20_000);
    private static final List<String> SEEDS = List.of(
            "GET / HTTP/1.1\r\nHost: a.b\r\n\r\n",
            "POST /x?y=z HTTP/1.1\r\nHost: a.b:80\r\nContent-Length: 5\r\n\r\nhello",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nX: y\r\n\r\n",
            "GET http://a.b/ HTTP/1.1\r\nHost: a.b\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: a.b\r\nCookie: a=b; c=d\r\nX-Forwarded-For: 1.1.1.1\r\nExpect: 100-continue\r\n\r\n");
    private static final List<String> GRAFTS = List.of(
            "\r\n",
            "\n",
            "\r",
            "\0",
            " ",
            "\t",
            ":",
            ",",
            ";",
            "\"",
            "chunked",
            "Content-Length: 3\r\n",
            "0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Host: evil\r\n",
            " \r\n",
            "\r\n ",
            "GET /s HTTP/1.1\r\n",
            "ffffffff",
            "+1",
            "\u00ff");
    private static final Pattern HEAD =
            Pattern.compile("(\r\n)?[!#$%&'*+.^_`|~0-9A-Za-z-]{1,127} [\\x21\\x22\\x24-\\x7e]+ HTTP/1\\.[01]\r\n"
                    + "([!#$%&'*+.^_`|~0-9A-Za-z-]{1,1000}:[\\t\\x20-\\x7e\\x80-\\xff]*\r\n)+\r\n");

    private final SplittableRandom random = new SplittableRandom(9);

    @Test
    void mutatedHeadsAreRightOrRefused() {
        for (int i = 0; i < INPUTS; i++) {
            String input = mutate(SEEDS.get(random.nextInt(SEEDS.size())));
            try {
                feed(input);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "input " + i + ": " + input.replace("\r", "\\r").replace("\n", "\\n\n"), e);
            }
        }
    }

    private String mutate(String seed) {
        StringBuilder text = new StringBuilder(seed);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && text.length() > 1; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(256));
                case 2 -> text.insert(at, GRAFTS.get(random.nextInt(GRAFTS.size())));
                case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
                default -> text.setLength(at + 1);
            }
        }
        return text.toString();
    }

    /** The same bytes, cut anywhere, mean the same. */
    private void feed(String input) {
        String whole = read(input, input.length());
        String cut = read(input, 1 + random.nextInt(7));
        assertThat(cut).as("cut into pieces").isEqualTo(whole);
    }

    private static String read(String input, int step) {
        RequestGuard guard = new RequestGuard();
        StringBuilder passed = new StringBuilder();
        EmbeddedChannel channel = new EmbeddedChannel(
                guard,
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        if (message instanceof ByteBuf bytes) {
                            passed.append(bytes.toString(ISO_8859_1));
                        }
                        context.fireChannelRead(message);
                    }
                },
                new HttpRequestDecoder(new HttpDecoderConfig().setMaxInitialLineLength(16_384)));
        byte[] bytes = input.getBytes(ISO_8859_1);
        for (int at = 0; at < bytes.length; at += step) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(step, bytes.length - at)));
        }
        String outcome = outcome(channel, passed.toString());
        channel.finishAndReleaseAll();
        return outcome;
    }

    private static String outcome(EmbeddedChannel channel, String passed) {
        StringBuilder outcome = new StringBuilder();
        Object message;
        while ((message = channel.readInbound()) != null) {
            if (message instanceof HttpRequest request) {
                assertThat(request.decoderResult().isSuccess())
                        .as("the codec agrees")
                        .isTrue();
                String head = passed.substring(0, passed.indexOf("\r\n\r\n") + 4);
                assertThat(HEAD.matcher(head).matches()).as("a right head").isTrue();
                assertThat(request.headers().getAll("Host")).hasSize(1);
                boolean chunked = request.headers().contains("Transfer-Encoding");
                assertThat(chunked && request.headers().contains("Content-Length"))
                        .as("two framings")
                        .isFalse();
                outcome.append(request.method())
                        .append(' ')
                        .append(request.uri())
                        .append('\n');
            } else if (message instanceof HttpContent content) {
                boolean right = content.decoderResult().isSuccess();
                outcome.append(right ? content.content().toString(ISO_8859_1) : "refused by the codec");
            } else if (message instanceof Refusal refusal) {
                outcome.append("refused ").append(refusal.status());
            }
            ReferenceCountUtil.release(message);
        }
        return outcome.toString();
    }
}
