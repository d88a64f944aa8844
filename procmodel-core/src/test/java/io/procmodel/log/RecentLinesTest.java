package io.procmodel.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.name.AppName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentLinesTest {
    private static final AppName SHOP = AppName.of("shop");
    private static final LogOrigin WEB = LogOrigin.app("web.1");

    private final RecentLines recent = new RecentLines();

    @Test
    void isEmptyForAnOriginThatSaidNothing() {
        recent.open(SHOP, LogOrigin.app("worker.1")).line("other");

        assertThat(recent.of(SHOP, WEB)).isEmpty();
    }

    @Test
    void keepsLinesInOrderWithEmptyAndUnfinishedOnes() {
        write("a\r\n\nb\n$ ");

        assertThat(recent.of(SHOP, WEB)).containsExactly("a", "", "b", "$ ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 2048, 5000, 100_000})
    void keepsTheLast20LinesHoweverTheyWereSplit(int chunk) {
        byte[] bytes = IntStream.range(0, 3000)
                .mapToObj(i -> "line " + i + "\n")
                .reduce("", String::concat)
                .getBytes(UTF_8);
        try (LogSource source = recent.open(SHOP, WEB)) {
            for (int from = 0; from < bytes.length; from += chunk) {
                source.write(ByteBuffer.wrap(bytes, from, Math.min(chunk, bytes.length - from)));
            }
        }

        List<String> last20 =
                IntStream.range(2980, 3000).mapToObj(i -> "line " + i).toList();
        assertThat(recent.of(SHOP, WEB)).isEqualTo(last20);
    }

    @Test
    void cutsLongLinesTo200Bytes() {
        write("x".repeat(300) + "\nend\n");

        assertThat(recent.of(SHOP, WEB)).containsExactly("x".repeat(200), "end");
    }

    @Test
    void keepsARestartedDynosLinesInOneStory() {
        write("first life\n");
        write("second life\n");

        assertThat(recent.of(SHOP, WEB)).containsExactly("first life", "second life");
    }

    @Test
    void forgetsTheOriginThatWasUsedLeastRecentlyWhenThereAreTooMany() {
        write("old\n");
        for (int i = 0; i < 1024; i++) {
            recent.open(SHOP, LogOrigin.app("run." + i)).line("new");
        }

        assertThat(recent.of(SHOP, WEB)).isEmpty();
        assertThat(recent.of(SHOP, LogOrigin.app("run.0"))).containsExactly("new");
    }

    private void write(String text) {
        try (LogSource source = recent.open(SHOP, WEB)) {
            source.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }
}
