package io.procmodel.router.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * The head of a response on its way to the client: framed as the client can read it, without what was meant for the router.
 *
 * @param reusable whether the dyno's connection can serve another request after this response
 * @param endsByClose whether only the end of the client's connection marks the end of the response
 */
record ResponseHead(boolean reusable, boolean endsByClose) {

    static ResponseHead rewrite(HttpResponse response, boolean bodyless, boolean oldClient, boolean http1) {
        HttpHeaders headers = response.headers();
        boolean chunked = HttpUtil.isTransferEncodingChunked(response);
        boolean framed = bodyless || chunked || headers.contains(HttpHeaderNames.CONTENT_LENGTH);
        boolean reusable = framed && HttpUtil.isKeepAlive(response);
        UpstreamHead.removeHopByHop(headers);
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        UpstreamHead.appendVia(headers);
        boolean endsByClose = false;
        if (bodyless) {
            removeBodyHeaders(headers, response.status().code());
        } else if (!http1 || oldClient) {
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
            endsByClose = http1 && !headers.contains(HttpHeaderNames.CONTENT_LENGTH);
        } else if (!framed) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return new ResponseHead(reusable, endsByClose);
    }

    /** The length in an answer to HEAD, and in a 304, says what GET would bring; 204 never has a body. */
    private static void removeBodyHeaders(HttpHeaders headers, int code) {
        if (code == 204) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        if (code == 204 || code == 304) {
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        }
    }

    /** Tells an HTTP/1 client what becomes of its connection. */
    static void connection(HttpResponse response, boolean http1, boolean close, boolean oldClient) {
        if (http1 && close) {
            response.headers().set(Names.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (http1 && oldClient) {
            response.headers().set(Names.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }
}
