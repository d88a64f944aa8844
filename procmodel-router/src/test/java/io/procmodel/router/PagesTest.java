package io.procmodel.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.router.page.AppPages;
import io.procmodel.traffic.WebState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What visitors see when the router answers by itself. */
class PagesTest extends Talk {
    private static final String HTML = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";
    private static final String JSON = "Accept: application/json\r\n";

    private void maintenance(boolean on) {
        front.tell(new WebState(Front.SHOP, List.of(), on, true, 0, false, false, List.of()));
    }

    private String answer(String headers) throws Exception {
        return front.client(get(headers + "Connection: close\r\n")).rest();
    }

    @Test
    void aSmallPageOfTheRoutersOwn() throws Exception {
        maintenance(true);
        assertThat(answer(HTML))
                .startsWith("HTTP/1.1 503 ")
                .containsIgnoringCase("content-type: text/html; charset=utf-8\r\n")
                .containsIgnoringCase("cache-control: no-cache, no-store\r\n")
                .contains("<h1>Offline for maintenance</h1>")
                .doesNotContain("127.0.0.1", "H80");
        assertThat(answer("")).contains("<h1>Offline for maintenance</h1>");
    }

    @Test
    void jsonForWhoAsksForItFirst() throws Exception {
        maintenance(false);
        String body = "{\"status\":503,\"error\":\"Application error\","
                + "\"message\":\"The application could not serve this page. Please try again.\"}\n";
        for (String accept : new String[] {
            JSON, "Accept: application/json, text/html\r\n", "Accept: application/problem+JSON;q=0.9\r\n"
        }) {
            assertThat(answer(accept))
                    .containsIgnoringCase("content-type: application/json; charset=utf-8\r\n")
                    .containsIgnoringCase("content-length: " + body.length() + "\r\n")
                    .endsWith("\r\n\r\n" + body);
        }
        assertThat(answer("Accept: text/html, application/json\r\n")).contains("<h1>Application error</h1>");
        String unknown = front.client("GET / HTTP/1.1\r\nHost: other\r\n" + JSON + "Connection: close\r\n\r\n")
                .rest();
        assertThat(unknown).startsWith("HTTP/1.1 404 ").contains("\"error\":\"No such app\"");
    }

    @Test
    void pagesOfTheHost() throws Exception {
        restart(router -> router.pages((app, occasion) -> Optional.of("<p>" + app + " " + occasion + " \u00e9</p>")));
        maintenance(true);
        assertThat(answer(HTML)).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\n<p>shop MAINTENANCE \u00c3\u00a9</p>");
        assertThat(front.line()).contains("code=H80");
        maintenance(false);
        assertThat(answer(HTML)).endsWith("<p>shop ERROR \u00c3\u00a9</p>");
        assertThat(answer(JSON)).contains("\"error\":\"Application error\"");
        assertThat(front.client(get(HTML + "Expect: what\r\n")).rest())
                .contains("Bad request")
                .doesNotContain("<p>shop");
    }

    @Test
    void aPageThatFailsCountsAsNone() throws Exception {
        AppPages failing = (app, occasion) -> {
            throw new IllegalStateException("no page");
        };
        restart(router -> router.pages(failing));
        maintenance(true);
        assertThat(answer(HTML)).contains("<h1>Offline for maintenance</h1>");
    }
}
