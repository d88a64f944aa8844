package io.procmodel.logplex.ring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineStreamTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

    private Instant now = START;
    private final LineStream stream = new LineStream(5, 100_000, () -> now);
    private final LineBatch batch = new LineBatch();

    @Tag("C3")
    @Test
    void tellsTheExactGapWhenWritersLapTheReaderOnce() {
        Cursor cursor = stream.open("reader", 1);
        append("1", "2");
        assertThat(cursor.fetch(batch)).isEmpty();

        append("3", "4", "5", "6", "7", "8", "9");

        assertThat(cursor.fetch(batch)).contains(new Loss(3, 4, START));
        assertThat(RingLines.numbered(batch)).containsExactly("5:5", "6:6", "7:7", "8:8", "9:9");
        assertThat(cursor.fetch(batch)).isEmpty();
        assertThat(batch.size()).isZero();
    }

    @Tag("C3")
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 10, 11, 12, 1000})
    void tellsTheExactGapHoweverOftenItWasLapped(int lines) {
        Cursor cursor = stream.open("reader", 1);
        for (int i = 1; i <= lines; i++) {
            append(String.valueOf(i));
        }

        Optional<Loss> loss = cursor.fetch(batch);

        assertThat(loss.map(Loss::count).orElse(0L)).isEqualTo(lines - 5);
        assertThat(batch.first()).isEqualTo(lines - 4);
        assertThat(cursor.counts().dropped()).isEqualTo(lines - 5);
    }

    /** D4. */
    @Tag("C3")
    @Test
    void datesALossFromItsFirstLineAndEachLossAnew() {
        Cursor cursor = stream.open("reader", 1);
        append("1", "2", "3", "4", "5");
        Instant firstLoss = tick();
        append("6");
        tick();
        append("7");
        tick();
        assertThat(cursor.fetch(batch)).contains(new Loss(1, 2, firstLoss));

        append("8", "9", "10", "11", "12");
        Instant secondLoss = tick();
        append("13");
        assertThat(cursor.fetch(batch)).contains(new Loss(8, 8, secondLoss));
    }

    @Tag("C3")
    @Test
    void countsALossBeforeTheReaderNoticesIt() {
        Cursor cursor = stream.open("reader", 1);
        append("1", "2", "3", "4", "5", "6", "7");

        assertThat(cursor.counts()).isEqualTo(new CursorCounts("reader", 7, 0, 0, 2, 5, 0));
    }

    @Tag("C3")
    @Test
    void stillHasWhatWasFetchedBeforeItWasLapped() {
        Cursor cursor = stream.open("reader", 1);
        append("1", "2");
        cursor.fetch(batch);
        append("3", "4", "5", "6", "7", "8", "9");

        assertThat(RingLines.numbered(batch)).containsExactly("1:1", "2:2");
        assertThat(cursor.counts()).isEqualTo(new CursorCounts("reader", 9, 0, 0, 2, 7, 0));
    }

    @Tag("C2")
    @Test
    void aSmallerHistoryIsALossForThoseWhoHadNotComeToIt() {
        Cursor slow = stream.open("slow", 1);
        Cursor quick = stream.open("quick", 1);
        append("1", "2", "3", "4");
        quick.fetch(batch);

        stream.resize(1);

        assertThat(slow.fetch(batch)).contains(new Loss(1, 3, START));
        assertThat(RingLines.numbered(batch)).containsExactly("4:4");
        assertThat(quick.counts().dropped()).isZero();
    }

    @Tag("C4")
    @Test
    void fetchesNothingBeforeTheFirstLineAndAfterTheLast() {
        Cursor cursor = stream.open("reader", 1);

        assertThat(cursor.fetch(batch)).isEmpty();
        assertThat(batch.size()).isZero();
        append("1");
        cursor.fetch(batch);
        cursor.fetch(batch);
        assertThat(batch.size()).isZero();
    }

    @Tag("C4")
    @Test
    void wakesAReaderThatWaits() throws Exception {
        Cursor cursor = stream.open("reader", 1);
        Future<Boolean> more = waiting(cursor);

        append("1");

        assertThat(more.get(60, SECONDS)).isTrue();
    }

    @Tag("C4")
    @Test
    void endsTheWaitOfAReaderWhoseCursorIsClosedMeanwhileOrBefore() throws Exception {
        Cursor cursor = stream.open("reader", 1);
        Future<Boolean> more = waiting(cursor);

        cursor.close();

        assertThat(more.get(60, SECONDS)).isFalse();
        assertThat(cursor.await()).isFalse();
    }

    @Tag("C4")
    @Test
    void endsTheWaitWhenTheStreamIsClosedButOnlyAfterTheLastLine() throws Exception {
        Cursor cursor = stream.open("reader", 1);
        append("1");
        stream.close();

        assertThat(cursor.await()).isTrue();
        cursor.fetch(batch);
        assertThat(cursor.await()).isFalse();
    }

    @Tag("C4")
    @Test
    void endsTheWaitOfAnInterruptedReader() {
        Cursor cursor = stream.open("reader", 1);
        CompletableFuture<Boolean> more = new CompletableFuture<>();
        Thread reader = startWaiting(cursor, more);

        reader.interrupt();

        assertThatThrownBy(() -> more.get(60, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void keepsTheAccountsOfAClosedCursorAsTheyWere() {
        Cursor cursor = stream.open("reader", 1);
        append("1", "2", "3");
        cursor.fetch(batch);
        cursor.countDelivered();
        cursor.close();
        append("4", "5", "6", "7", "8", "9");
        cursor.fetch(batch);

        assertThat(batch.size()).isZero();
        assertThat(cursor.counts()).isEqualTo(new CursorCounts("reader", 3, 1, 0, 0, 2, 0));
        assertThat(stream.counts().cursors()).isEmpty();
    }

    @Tag("C57")
    @Test
    void neverGoesBackInTimeWhenTheClockDoes() {
        append("1");
        now = START.minus(Duration.ofHours(1));
        append("2");
        now = START.plusNanos(1_000_999);
        append("3");

        stream.copyBefore(stream.end(), batch);
        List<Instant> times = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> times.add(batch.line(i).toEntry().time()));
        assertThat(times).containsExactly(START, START, START.plusNanos(1_000_000));
        assertThat(RingLines.numbered(batch)).containsExactly("1:1", "2:2", "3:3");
    }

    private Future<Boolean> waiting(Cursor cursor) {
        CompletableFuture<Boolean> more = new CompletableFuture<>();
        startWaiting(cursor, more);
        return more;
    }

    private static Thread startWaiting(Cursor cursor, CompletableFuture<Boolean> more) {
        Thread reader = new Thread(() -> {
            try {
                more.complete(cursor.await());
            } catch (InterruptedException e) {
                more.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> reader.getState() == Thread.State.WAITING);
        return reader;
    }

    private Instant tick() {
        now = now.plusSeconds(1);
        return now;
    }

    private void append(String... lines) {
        RingLines.cut(cut -> stream.append(RingLines.WEB, cut), lines);
    }
}
