package io.procmodel.router.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.procmodel.router.report.HCode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a response may be passed on, and what is wrong if not (Heroku: RTR-23, H17, H25). */
final class ResponseRules {
    static final String TWO_FRAMINGS = "Content-Length and Transfer-Encoding";
    private static final int MAX_HEADER_LINE = 512 * 1_024;
    private static final int MAX_COOKIE = 8_192;

    private ResponseRules() {}

    /**
     * What is wrong with a response.
     *
     * @param code the code
     * @param detail the detail, or empty
     */
    record Fault(HCode code, String detail) {}

    /** What is wrong with the head of a response; null if nothing is. */
    static @Nullable Fault check(HttpResponse response) {
        if (!response.decoderResult().isSuccess()) {
            return undecodable(response);
        }
        HttpHeaders headers = response.headers();
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean chunkedOnly = codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0));
        return codings.isEmpty() || chunkedOnly ? oversized(headers) : new Fault(HCode.H17, "");
    }

    private static @Nullable Fault oversized(HttpHeaders headers) {
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            int length = line.getKey().length() + line.getValue().length() + 2;
            if (length > MAX_COOKIE && HttpHeaderNames.SET_COOKIE.contentEqualsIgnoreCase(line.getKey())) {
                return new Fault(HCode.H25, "oversized cookie");
            } else if (length > MAX_HEADER_LINE) {
                return new Fault(HCode.H25, "oversized header");
            }
        }
        return null;
    }

    private static Fault undecodable(HttpObject response) {
        Throwable cause = response.decoderResult().cause();
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof TooLongHttpLineException) {
            return new Fault(HCode.H25, "oversized status line");
        } else if (cause instanceof TooLongHttpHeaderException) {
            return new Fault(HCode.H25, "oversized header");
        }
        boolean length = cause instanceof NumberFormatException || message.contains("Content-Length");
        return length ? new Fault(HCode.H25, "invalid content length") : new Fault(HCode.H17, "");
    }
}
