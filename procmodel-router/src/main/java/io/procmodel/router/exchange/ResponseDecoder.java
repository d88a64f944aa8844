package io.procmodel.router.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;

/** Netty's response decoder, told what kind of request it decodes the answer to, and counting bytes. */
final class ResponseDecoder extends HttpResponseDecoder {
    private static final int MAX_STATUS_LINE = 8_192;
    private static final int MAX_HEADERS = 4 * 1_024 * 1_024;
    private static final int MAX_CHUNK = 64 * 1_024;

    private boolean toHead;
    private boolean announcedChunks;
    private long bytes;

    ResponseDecoder(boolean foldEqualLengths) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_STATUS_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setMaxChunkSize(MAX_CHUNK)
                .setAllowDuplicateContentLengths(foldEqualLengths));
    }

    void expect(boolean responseToHead) {
        toHead = responseToHead;
        bytes = 0;
        announcedChunks = false;
    }

    /** What the dyno has sent since {@link #expect}. */
    long bytes() {
        return bytes;
    }

    /** Whether a response without body announced one in chunks; the codec removes the header. */
    boolean announcedChunks() {
        return announcedChunks;
    }

    /** How many bytes lie here that came after the response: they would be taken for the beginning of the next one. */
    int undecoded() {
        return actualReadableBytes();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf buffer) {
            bytes += buffer.readableBytes();
        }
        super.channelRead(context, message);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        if (message instanceof HttpResponse response) {
            int code = response.status().code();
            announcedChunks = HttpUtil.isTransferEncodingChunked(message);
            if (toHead || code < HttpResponseStatus.OK.code()) {
                return true;
            }
        }
        return super.isContentAlwaysEmpty(message);
    }

    /** Two framings at once: never guess. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException(ResponseRules.TWO_FRAMINGS);
    }
}
