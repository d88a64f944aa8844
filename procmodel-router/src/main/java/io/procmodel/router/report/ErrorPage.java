package io.procmodel.router.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/**
 * The small page that a client sees when the router answers by itself: HTML or, if the client would rather have it, JSON.
 * It says what happened in words for visitors; the code is in the app's log only (Heroku: ERR-2), and no address is shown.
 *
 * @param contentType the media type
 * @param text the page
 */
public record ErrorPage(String contentType, String text) {
    /**
     * Makes a page.
     *
     * @param status the status
     * @param title a few words
     * @param text one sentence
     * @param accept the request's {@code Accept}, or empty
     */
    public static ErrorPage of(int status, String title, String text, String accept) {
        return prefersJson(accept) ? json(status, title, text) : html(status, title, text);
    }

    /** JSON is asked for, and earlier than HTML. */
    public static boolean prefersJson(String accept) {
        String lower = accept.toLowerCase(Locale.ROOT);
        int json = lower.indexOf("json");
        int html = lower.indexOf("text/html");
        return json >= 0 && (html < 0 || json < html);
    }

    private static ErrorPage json(int status, String title, String text) {
        String body = "{\"status\":" + status + ",\"error\":\"" + title + "\",\"message\":\"" + text + "\"}\n";
        return new ErrorPage("application/json; charset=utf-8", body);
    }

    private static ErrorPage html(int status, String title, String text) {
        String body = """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title><style>
                body{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:32rem;padding:0 1.5rem;color:#222}
                h1{font-size:1.5rem}p{color:#555}small{color:#888}
                @media(prefers-color-scheme:dark){body{background:#161616;color:#eee}p{color:#bbb}}
                </style></head><body><h1>%1$s</h1><p>%2$s</p><small>%3$d</small></body></html>
                """.formatted(title, text, status);
        return new ErrorPage("text/html; charset=utf-8", body);
    }

    /** The page of a failure. */
    public static ErrorPage of(HCode code, int status, String accept) {
        return switch (code) {
            case H26 -> of(status, "Bad request", "The request is not valid HTTP.", accept);
            case H80 -> of(status, "Offline for maintenance", "This application will be back soon.", accept);
            case H81 -> of(status, "Nothing here yet", "No version of this application has been deployed.", accept);
            case H82 -> of(status, "Asleep until next month", "This application has used up its hours.", accept);
            default ->
                of(status, "Application error", "The application could not serve this page. Please try again.", accept);
        };
    }

    /** A page that somebody else wrote. */
    public static ErrorPage ofHtml(String html) {
        return new ErrorPage("text/html; charset=utf-8", html);
    }

    /** The page as it goes over the wire. */
    public byte[] bytes() {
        return text.getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return contentType + ", " + text.length() + " characters";
    }
}
