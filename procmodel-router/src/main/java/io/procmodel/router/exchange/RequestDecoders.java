package io.procmodel.router.exchange;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** The codec's decoder of requests, with limits that the guard before it reaches first. */
final class RequestDecoders {
    private static final int MAX_LINE = 16 * 1_024;
    private static final int MAX_HEAD = 128 * 1_024;
    private static final int MAX_CHUNK = 64 * 1_024;

    private RequestDecoders() {}

    static HttpRequestDecoder strict() {
        return new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxChunkSize(MAX_CHUNK));
    }
}
