package io.procmodel.router.exchange;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.procmodel.name.AppName;
import io.procmodel.router.page.AppPages;
import io.procmodel.router.report.ErrorPage;
import io.procmodel.router.report.HCode;
import io.procmodel.router.table.Route;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response of the router's own.
 *
 * @param status the status
 * @param page the page
 * @param retry whether trying again soon may help
 */
record Answers(int status, ErrorPage page, boolean retry) {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** With the app's own page, if it has one for this. */
    static Answers failure(HCode code, int status, String accept, AppPages own, @Nullable Route route) {
        ErrorPage page = route == null || ErrorPage.prefersJson(accept)
                ? null
                : own(code, own, route.app()).map(ErrorPage::ofHtml).orElse(null);
        return new Answers(
                status,
                page == null ? ErrorPage.of(code, status, accept) : page,
                code == HCode.H11 || code == HCode.H22);
    }

    private static Optional<String> own(HCode code, AppPages pages, AppName app) {
        try {
            return switch (code) {
                case H80 -> pages.html(app, AppPages.Occasion.MAINTENANCE);
                case H26, H81, H82 -> Optional.empty();
                default -> pages.html(app, AppPages.Occasion.ERROR);
            };
        } catch (RuntimeException e) {
            LOG.warn("the page of {} for {} failed", app, code, e);
            return Optional.empty();
        }
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
