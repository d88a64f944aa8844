package io.procmodel.router.exchange;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Netty's response encoder, told when the response answers a HEAD and so has no body whatever its headers say. */
final class ResponseEncoder extends HttpResponseEncoder {
    private boolean toHead;

    void expect(boolean responseToHead) {
        toHead = responseToHead;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return (toHead && response.status().code() >= 200) || super.isContentAlwaysEmpty(response);
    }
}
