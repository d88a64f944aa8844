package io.procmodel.router.exchange;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.procmodel.router.report.ErrorPage;
import io.procmodel.router.report.HCode;

/**
 * A response of the router's own.
 *
 * @param status the status
 * @param page the page
 * @param retry whether trying again soon may help
 */
record Answers(int status, ErrorPage page, boolean retry) {

    static Answers failure(HCode code, int status, String accept) {
        return new Answers(status, ErrorPage.of(code, status, accept), code == HCode.H11 || code == HCode.H22);
    }

    static Answers noSuchApp(String accept) {
        return new Answers(
                404, ErrorPage.of(404, "No such app", "There is no application at this address.", accept), false);
    }

    void write(FrontHandler front, boolean close) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(page.bytes()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, page.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, no-store");
        if (retry) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        if (front.isHttp1()) {
            response.headers().set(Names.CONNECTION, close ? HttpHeaderValues.CLOSE : HttpHeaderValues.KEEP_ALIVE);
        }
        front.write(response);
        front.flush();
    }
}
