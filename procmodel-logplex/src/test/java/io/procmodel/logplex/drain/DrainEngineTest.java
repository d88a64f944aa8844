package io.procmodel.logplex.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.ring.Cursor;
import io.procmodel.logplex.ring.CursorCounts;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DrainEngineTest {
    private static final int PLENTY = 100_000;

    private final AppLog app = new AppLog(10);
    private final Cursor cursor = app.stream.open("drain", 1);
    private final ScriptedTarget target = new ScriptedTarget(PLENTY);
    private final DrainEngine engine = app.engine(cursor, target);

    @Test
    void sendsWhatThereIsInOneBatchAndThenWaitsForMore() {
        app.say("one", "# not wanted", "two");

        assertThat(engine.step()).isZero();
        assertThat(engine.step()).isEqualTo(DrainEngine.NOTHING_TO_DO);

        assertThat(target.received).containsExactly(List.of("one", "two"));
        assertThat(cursor.counts()).isEqualTo(new CursorCounts("drain", 3, 2, 1, 0, 0, 0));
        assertThat(engine.position()).isEqualTo(4);
    }

    @Tag("C20")
    @Test
    void fillsABatchAndSendsALineThatIsLongerAlone() {
        ScriptedTarget small = new ScriptedTarget(10);
        DrainEngine smallEngine = app.engine(app.stream.open("small", 1), small);
        app.say("aaaa", "bbbb", "cccc", "d".repeat(50), "e");

        run(smallEngine);

        assertThat(small.received)
                .containsExactly(List.of("aaaa", "bbbb"), List.of("cccc"), List.of("d".repeat(50)), List.of("e"));
        assertThat(small.attempts).extracting(Delivery::messages).containsExactly(2, 1, 1, 1);
    }

    @Tag("C21")
    @Test
    void retriesTheSameBatchUnderTheSameIdAndKeepsTheOrder() {
        target.failures.add(new IOException("connection refused"));
        target.failures.add(new RetryLaterException("busy", Duration.ofSeconds(7)));
        app.say("one");

        assertThat(engine.step()).isPositive();
        app.say("two");
        app.tick(Duration.ofSeconds(1));
        long wait = engine.step();
        assertThat(wait).isEqualTo(Duration.ofSeconds(7).toNanos());
        assertThat(engine.step()).as("before its time").isEqualTo(wait);
        app.tick(Duration.ofSeconds(7));
        run(engine);

        assertThat(target.received).containsExactly(List.of("one"), List.of("two"));
        assertThat(target.attempts).extracting(Delivery::id).hasSize(4);
        Set<String> ids = new HashSet<>();
        target.attempts.subList(0, 3).forEach(attempt -> ids.add(attempt.id()));
        assertThat(ids).hasSize(1).allSatisfy(id -> assertThat(id).matches("[0-9A-F]{32}"));
        assertThat(target.attempts.get(3).id()).isNotIn(ids);
    }

    @Tag("C22")
    @Test
    void tellsAnOverflowOfTheHistoryOnceWithTheExactNumberAndTheFirstInstant() {
        target.always = new IOException("down");
        app.say("first");
        engine.step();
        app.tick(Duration.ofSeconds(10));
        say(15);
        app.tick(Duration.ofSeconds(10));
        say(3);
        target.always = null;
        app.tick(Duration.ofMinutes(5));

        run(engine);

        assertThat(target.received.get(0)).containsExactly("first");
        assertThat(target.received.get(1))
                .startsWith(
                        "Error L10 (output buffer overflow): 8 messages dropped since 2026-01-02T03:04:15+00:00.", "5")
                .hasSize(11);
        assertThat(target.attempts.get(target.attempts.size() - 1).dropped()).isEqualTo(8);
        assertThat(app.told).containsExactly("dropped 8 since 2026-01-02T03:04:15.678901Z");
        assertThat(cursor.counts()).isEqualTo(new CursorCounts("drain", 19, 11, 0, 8, 0, 0));
        say(1);
        run(engine);
        assertThat(target.attempts.get(target.attempts.size() - 1).dropped()).isZero();
    }

    @Tag("C23")
    @Tag("C24")
    @Test
    void countsWhatIsRefusedAsLostAndSaysSoInTheNextBatchThatArrives() {
        for (int i = 1; i <= 5; i++) {
            target.failures.add(new RefusedException("HTTP status 413"));
            app.say("refused " + i);
            engine.step();
            app.tick(Duration.ofSeconds(1));
        }
        app.say("taken");

        run(engine);

        assertThat(target.received)
                .containsExactly(List.of("Error L13: 5 messages lost since 2026-01-02T03:04:05+00:00.", "taken"));
        assertThat(target.attempts.get(5).lost()).isEqualTo(5);
        assertThat(cursor.counts()).isEqualTo(new CursorCounts("drain", 6, 1, 0, 5, 0, 0));
        assertThat(engine.health().lastError()).contains("HTTP status 413");
    }

    @Tag("C26")
    @Test
    void carriesANoticeForwardThatWasItselfRefused() {
        target.failures.add(new RefusedException("no"));
        target.failures.add(new RefusedException("no"));
        app.say("one");
        engine.step();
        app.say("two");
        engine.step();

        app.say("three");
        run(engine);

        assertThat(target.lines())
                .containsExactly("Error L13: 2 messages lost since 2026-01-02T03:04:05+00:00.", "three");
    }

    @Tag("C32")
    @Test
    void countsWhatAPeerMayNotHaveReadAsLost() {
        app.say("one", "two");
        engine.step();
        target.doubts = 2;

        engine.idle();
        assertThat(cursor.counts()).isEqualTo(new CursorCounts("drain", 2, 0, 0, 2, 0, 0));
        assertThat(engine.step()).as("no notice goes alone").isEqualTo(DrainEngine.NOTHING_TO_DO);
        app.say("three");
        run(engine);

        assertThat(target.lines()).endsWith("Error L13: 2 messages lost since 2026-01-02T03:04:05+00:00.", "three");
    }

    @Tag("C35")
    @Test
    void survivesATargetThatThrowsAndCountsItsLines() {
        target.failures.add(new IllegalStateException("bug"));
        app.say("one");
        engine.step();
        app.say("two");

        run(engine);

        assertThat(target.lines()).endsWith("two");
        assertThat(cursor.counts()).isEqualTo(new CursorCounts("drain", 2, 1, 0, 1, 0, 1));
    }

    @Tag("C29")
    @Test
    void hurriesARetryWhenAsked() {
        target.always = new IOException("down");
        app.say("one");
        for (int i = 0; i < 12; i++) {
            assertThat(engine.step()).isBetween(1L, Duration.ofSeconds(60).toNanos());
            app.tick(Duration.ofSeconds(60));
        }
        assertThat(engine.health().failures()).isEqualTo(12);
        target.always = null;
        target.failures.add(new IOException("down"));
        engine.step();

        engine.hurry();

        assertThat(engine.step()).isZero();
        assertThat(target.lines()).containsExactly("one");
        assertThat(engine.health().failures()).isZero();
        assertThat(engine.health().failingSince()).isEmpty();
        assertThat(engine.health().lastError()).contains("down");
    }

    @Tag("C19")
    @Test
    void putsLinesOfOneDynoTogetherUntilAnotherBeginsOrTimePasses() {
        LogOrigin worker = LogOrigin.app("worker.1");
        Pattern indented = Pattern.compile("^ ");
        LineGrouper grouper = new LineGrouper(
                line -> indented.matcher(line.text()).find() ? LineGrouper.Place.MORE : LineGrouper.Place.FIRST);
        DrainEngine grouping = app.engine(cursor, target, grouper);
        app.say("error", " at a");
        app.say(worker, "other", " of worker");
        app.say(" at b", "next");

        assertThat(grouping.step()).isZero();
        assertThat(target.lines()).containsExactly("error\n at a\n at b");
        assertThat(grouping.position())
                .as("the worker's first line is still here")
                .isEqualTo(3);
        long wait = grouping.step();
        assertThat(wait).isEqualTo(Duration.ofMillis(500).toNanos());
        app.tick(Duration.ofMillis(500));
        run(grouping);

        assertThat(target.lines()).containsExactly("error\n at a\n at b", "other\n of worker", "next");
        assertThat(cursor.counts()).isEqualTo(new CursorCounts("drain", 6, 6, 0, 0, 0, 0));
        assertThat(grouping.position()).isEqualTo(7);
    }

    @Tag("C19")
    @Test
    void boundsAGroup() {
        AppLog large = new AppLog(5000);
        Cursor reader = large.stream.open("drain", 1);
        DrainEngine grouping = large.engine(reader, target, new LineGrouper(line -> LineGrouper.Place.MORE));
        IntStream.rangeClosed(1, 2500).forEach(i -> large.say("line " + i));

        run(grouping);
        grouping.hurry();
        run(grouping);

        assertThat(target.lines()).hasSize(3);
        assertThat(target.lines().get(0)).startsWith("line 1\n").endsWith("\nline 1000");
        assertThat(target.lines().get(2)).startsWith("line 2001\n").endsWith("\nline 2500");
        assertThat(reader.counts().delivered()).isEqualTo(2500);
    }

    private void say(int lines) {
        for (int i = 0; i < lines; i++) {
            app.say(String.valueOf(app.stream.end() - 5));
        }
    }

    private static void run(DrainEngine engine) {
        while (engine.step() == 0) {}
    }
}
