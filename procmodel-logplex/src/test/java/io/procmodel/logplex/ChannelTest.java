package io.procmodel.logplex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LinePart;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
    private static final AppName SHOP = AppName.of("shop");

    private final ManualTime time = new ManualTime();
    private final Logplex logplex = time.builder().build();
    private final Channel shop = logplex.channel("shop");
    private final LogSource web = logplex.open(SHOP, LogOrigin.app("web.1"));
    private final LogSource worker = logplex.open(SHOP, LogOrigin.app("worker.1"));

    @AfterEach
    void close() {
        logplex.close();
    }

    /** LOG-6, LOG-18. */
    @Test
    void tellsOneStoryOfDynosAndPlatformOldestFirst() {
        logplex.open(SHOP, LogOrigin.api()).line("Release v3 created by user ada@example.com");
        logplex.open(SHOP, LogOrigin.heroku("web.1")).line("State changed from starting to up");
        time.tick(Duration.ofSeconds(1));
        web.write(bytes("listening\nready\n"));
        worker.write(bytes("größe\n"));

        assertThat(shop.recent(LogQuery.all()))
                .map(LogEntry::toString)
                .containsExactly(
                        "2026-01-02T03:04:05.678901+00:00 app[api]: Release v3 created by user ada@example.com",
                        "2026-01-02T03:04:05.678901+00:00 heroku[web.1]: State changed from starting to up",
                        "2026-01-02T03:04:06.678901+00:00 app[web.1]: listening",
                        "2026-01-02T03:04:06.678901+00:00 app[web.1]: ready",
                        "2026-01-02T03:04:06.678901+00:00 app[worker.1]: größe");
        assertThat(shop.recent(LogQuery.all())).map(LogEntry::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /** LOG-13. */
    @Tag("C1")
    @Test
    void keeps1500LinesByDefaultAndNotOneMore() {
        for (int i = 1; i <= 1503; i++) {
            web.line("line " + i);
        }

        List<LogEntry> history = shop.recent(LogQuery.all());
        assertThat(history).hasSize(1500);
        assertThat(history.get(0).text()).isEqualTo("line 4");
        assertThat(history.get(1499).text()).isEqualTo("line 1503");
        assertThat(shop.stats().evicted()).isEqualTo(3);
    }

    @Tag("C5")
    @Test
    void isEmptyForAnAppThatSaidNothing() {
        assertThat(logplex.channel("nobody").recent(LogQuery.all())).isEmpty();
        assertThat(logplex.channel(AppName.of("nobody")).stats().received()).isZero();
        assertThat(logplex.channel("nobody")).isSameAs(logplex.channel("nobody"));
    }

    @Tag("C5")
    @ParameterizedTest
    @ValueSource(strings = {"", "Shop", "../etc", "a b"})
    void refusesWhatIsNoAppName(String name) {
        assertThatThrownBy(() -> logplex.channel(name))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("app name: \"" + name + "\"");
    }

    @Tag("C5")
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_000_001})
    void refusesHistoriesThatCannotBe(int lines) {
        assertThatThrownBy(() -> shop.history(lines))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("history lines: \"" + lines + "\" (expected: 1 to 10000000)");
        assertThatThrownBy(() -> Logplex.builder().history(lines).build()).isInstanceOf(InvalidValueException.class);
    }

    @Tag("C5")
    @Test
    void refusesByteLimitsThatCannotHoldALine() {
        assertThatThrownBy(() ->
                        Logplex.builder().maxLineBytes(100).historyBytes(101).build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("history bytes: \"101\" (expected: 102 to");
        assertThatThrownBy(() -> Logplex.builder().maxLineBytes(0).build()).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Logplex.builder().maxLineBytes((1 << 20) + 1).build())
                .isInstanceOf(InvalidValueException.class);
    }

    @Tag("C5")
    @Test
    void forgetsTheHistoryOfARemovedApp() {
        web.line("old");
        logplex.remove("shop");
        web.line("too late");
        logplex.open(SHOP, LogOrigin.app("web.1")).line("new");

        assertThat(texts(logplex.channel("shop"), LogQuery.all())).containsExactly("new");
        assertThat(shop.stats().rejected()).isEqualTo(1);
        logplex.remove("nobody");
    }

    @Tag("C2")
    @Test
    void changesTheLengthOfItsHistory() {
        IntStream.rangeClosed(1, 10).forEach(i -> web.line("line " + i));

        shop.history(3);
        assertThat(texts(shop, LogQuery.all())).containsExactly("line 8", "line 9", "line 10");

        shop.history(4);
        web.line("line 11");
        web.line("line 12");
        assertThat(texts(shop, LogQuery.all())).containsExactly("line 9", "line 10", "line 11", "line 12");
    }

    @Tag("C18")
    @Test
    void showsAnUnfinishedLineAfter250MillisecondsAndNotBefore() {
        web.write(bytes("Continue? [y/N] "));
        time.tick(Duration.ofMillis(249));
        assertThat(shop.recent(LogQuery.all())).isEmpty();

        time.tick(Duration.ofMillis(1));
        assertThat(texts(shop, LogQuery.all())).containsExactly("Continue? [y/N] ");

        web.write(bytes("y\n"));
        assertThat(shop.recent(LogQuery.all())).map(LogEntry::part).containsExactly(LinePart.FIRST, LinePart.LAST);
        assertThat(time.scheduled()).isZero();
    }

    @Tag("C18")
    @Test
    void waitsForALineThatIsStillBeingWritten() {
        web.write(bytes("one "));
        time.tick(Duration.ofMillis(200));
        web.write(bytes("two "));
        time.tick(Duration.ofMillis(200));
        web.write(bytes("three\n"));
        time.tick(Duration.ofMillis(500));

        assertThat(texts(shop, LogQuery.all())).containsExactly("one two three");
        assertThat(time.scheduled()).isZero();
    }

    @Tag("C18")
    @Test
    void neverGluesAnUnfinishedLineToAnotherDynos() {
        LogSource twin = logplex.open(SHOP, LogOrigin.app("web.1"));
        web.write(bytes("half "));
        worker.write(bytes("other\n"));
        twin.write(bytes("twin\n"));
        web.write(bytes("done\n"));

        assertThat(texts(shop, LogQuery.all())).containsExactly("other", "twin", "half done");
    }

    @Tag("C16")
    @Test
    void keepsBytesThatAreNoText() {
        byte[] line = {'a', 0, (byte) 0xff, (byte) 0xc3, 0x1b, '[', '3', '1', 'm', '\t'};
        web.write(ByteBuffer.wrap(line));
        web.close();

        assertThat(shop.recent(LogQuery.all()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.bytes()).isEqualTo(line));
    }

    @Tag("C39")
    @Test
    void countsEveryLineOnce() {
        web.write(bytes("1\n2\n3\nunfinished"));
        assertThat(shop.stats()).isEqualTo(new ChannelStats(SHOP, 3, 3, 0, 0, 3, 6, List.of()));

        web.close();
        web.write(bytes("late\nlater"));
        web.close();
        shop.history(1);

        assertThat(shop.stats()).isEqualTo(new ChannelStats(SHOP, 6, 4, 2, 3, 1, 10, List.of()));
        shop.stats().verify();
    }

    @Tag("C39")
    @Test
    void keepsTheAccountsOfAppsApart() {
        web.line("shop");
        logplex.open(AppName.of("blog"), LogOrigin.app("web.1")).line("blog");

        assertThat(shop.stats().received()).isEqualTo(1);
        assertThat(texts(logplex.channel("blog"), LogQuery.all())).containsExactly("blog");
    }

    private static List<String> texts(Channel channel, LogQuery query) {
        return channel.recent(query).stream().map(LogEntry::text).toList();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
