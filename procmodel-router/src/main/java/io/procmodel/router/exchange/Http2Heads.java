package io.procmodel.router.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;

/** What the HTTP/2 codec adds to a head for its own use, which no dyno shall see. */
final class Http2Heads {
    private Http2Heads() {}

    static void clean(HttpHeaders headers) {
        for (ExtensionHeaderNames extension : ExtensionHeaderNames.values()) {
            headers.remove(extension.text());
        }
    }
}
