package io.procmodel.router.head;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a request head for one that came in frames of HTTP/2. There nothing ends a line, so a name, a value, a path
 * or a method can hold what would become another header or another request when it is written as HTTP/1.1.
 */
public final class StreamGuard {
    private static final int AROUND_TARGET = " / HTTP/1.1".length();

    private StreamGuard() {}

    /** Looks at a head; null if it is right. */
    public static @Nullable Refusal check(HttpRequest request) {
        String method = request.method().name();
        String target = request.uri();
        if (method.length() > HeadLimits.METHOD || !all(method, true) || target.isEmpty() || !isTarget(target)) {
            return Refusal.of(400, Refusal.BAD_HEADER);
        } else if (method.length() + target.length() + AROUND_TARGET - 1 > HeadLimits.LINE) {
            return refusal(414, request);
        }
        int status = headers(request.headers());
        return status == 0 ? null : refusal(status, request);
    }

    private static Refusal refusal(int status, HttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        return new Refusal(status, Refusal.BAD_HEADER, request.method().name(), request.uri(), host);
    }

    /** The status to refuse them with, or 0. */
    private static int headers(HttpHeaders headers) {
        if (headers.size() > HeadLimits.HEADERS) {
            return 431;
        } else if (!headers.contains(ExtensionHeaderNames.SCHEME.text())) {
            return 400;
        }
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            CharSequence name = line.getKey();
            if (name.length() == 0 || !all(name, true) || !all(line.getValue(), false)) {
                return 400;
            } else if (name.length() > HeadLimits.NAME || line.getValue().length() > HeadLimits.VALUE) {
                return 431;
            }
        }
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        return lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.get(0))) ? 0 : 400;
    }

    private static boolean all(CharSequence text, boolean token) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xff || !(token ? Bytes.isToken((byte) c) : Bytes.isText((byte) c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTarget(String target) {
        return target.chars().allMatch(c -> c <= 0xff && Bytes.isTarget((byte) c));
    }

    private static boolean isLength(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
