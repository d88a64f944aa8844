package io.procmodel.logplex;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LogSessionTest {
    private static final AppName SHOP = AppName.of("shop");

    private final Logplex logplex = Logplex.builder().history(10).build();
    private final Channel shop = logplex.channel("shop");
    private final LogSource web = logplex.open(SHOP, LogOrigin.app("web.1"));

    @AfterEach
    void close() {
        logplex.close();
    }

    @Tag("C4")
    @Tag("C10")
    @Test
    void givesTheHistoryThenNewLinesThenNothing() throws InterruptedException {
        lines(1, 3);
        try (LogSession session = shop.session(LogQuery.all().last(2))) {
            lines(4, 4);

            assertThat(texts(session)).containsExactly("2", "3", "4");
            assertThat(session.poll(Duration.ofMillis(1))).isEmpty();
            lines(5, 5);
            assertThat(texts(session)).containsExactly("5");
            assertThat(session.stats()).isEqualTo(new SinkStats("session-1", 4, 4, 0, 0, 0, 0));
        }
    }

    @Tag("C10")
    @Test
    void passesOverWhatIsNotAskedForHoweverMuchItIs() throws InterruptedException {
        Logplex roomy = Logplex.builder().history(10_000).build();
        try (LogSession session = roomy.channel(SHOP).session(LogQuery.contains("needle"))) {
            LogSource source = roomy.open(SHOP, LogOrigin.app("web.1"));
            for (int i = 0; i < 5000; i++) {
                source.line("hay");
            }
            source.line("needle");

            assertThat(session.poll(Duration.ZERO)).map(LogEntry::text).contains("needle");
            assertThat(session.stats().filtered()).isEqualTo(5000);
        }
        roomy.close();
    }

    @Tag("C11")
    @Test
    void givesALossAsALineThatNoQueryHides() throws InterruptedException {
        try (LogSession session = shop.session(LogQuery.source("app"))) {
            lines(1, 15);

            List<String> texts = texts(session);
            assertThat(texts).hasSize(11);
            assertThat(texts.get(0)).startsWith("Error L11 (Tail buffer overflow) -> This tail session dropped 5 ");
            assertThat(texts.get(1)).isEqualTo("6");
        }
    }

    @Tag("C4")
    @Test
    void iteratesUntilTheChannelIsClosed() {
        LogSession session = shop.session(LogQuery.all());
        CompletableFuture<List<String>> heard = CompletableFuture.supplyAsync(() -> {
            List<String> texts = new ArrayList<>();
            for (LogEntry entry : session) {
                texts.add(entry.text());
            }
            return texts;
        });
        lines(1, 3);
        logplex.close();

        assertThat(heard).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(List.of("1", "2", "3"));
    }

    @Tag("C4")
    @Test
    void endsTheWaitWhenItIsClosed() {
        LogSession session = shop.session(LogQuery.all());
        Iterator<LogEntry> lines = session.iterator();
        CompletableFuture<Boolean> hasNext = new CompletableFuture<>();
        Thread reader = start(() -> hasNext.complete(lines.hasNext()));

        session.close();
        session.close();

        assertThat(hasNext).succeedsWithin(60, SECONDS).isEqualTo(false);
        assertThatThrownBy(lines::next).isInstanceOf(NoSuchElementException.class);
        assertThat(reader.isInterrupted()).isFalse();
    }

    @Tag("C4")
    @Test
    void leavesTheInterruptSetThatEndedTheWait() {
        LogSession session = shop.session(LogQuery.all());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread reader = start(() -> {
            boolean hasNext = session.iterator().hasNext();
            interrupted.complete(!hasNext && Thread.currentThread().isInterrupted());
        });

        reader.interrupt();

        assertThat(interrupted).succeedsWithin(60, SECONDS).isEqualTo(true);
        session.close();
    }

    private static Thread start(Runnable reading) {
        Thread reader = new Thread(reading);
        reader.setDaemon(true);
        reader.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> reader.getState() == Thread.State.WAITING);
        return reader;
    }

    private static List<String> texts(LogSession session) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (var line = session.poll(Duration.ZERO); line.isPresent(); line = session.poll(Duration.ZERO)) {
            texts.add(line.get().text());
        }
        return texts;
    }

    private void lines(int from, int to) {
        for (int i = from; i <= to; i++) {
            web.line(String.valueOf(i));
        }
    }
}
