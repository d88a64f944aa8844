package io.procmodel.logplex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class LogPublisherTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Logplex logplex = Logplex.builder().history(10).build();
    private final Channel shop = logplex.channel("shop");
    private final LogSource web = logplex.open(AppName.of("shop"), LogOrigin.app("web.1"));
    private final List<String> signals = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        logplex.close();
    }

    @Tag("C10")
    @Test
    void publishesAsManyLinesAsAreRequestedAndThenTheEnd() {
        lines(1, 5);
        Flow.Subscription subscription = subscribe(LogQuery.all());

        subscription.request(2);
        await().atMost(LONG).until(() -> signals.size() == 2);
        subscription.request(1);
        subscription.request(1);
        await().atMost(LONG).until(() -> shop.stats().sinks().get(0).delivered() == 4);
        assertThat(shop.stats().sinks()).containsExactly(new SinkStats("tail-1", 5, 4, 0, 0, 1, 0));
        assertThat(signals).hasSize(4);
        subscription.request(Long.MAX_VALUE);
        subscription.request(Long.MAX_VALUE);
        lines(6, 6);
        logplex.close();

        assertThat(signals).containsExactly("1", "2", "3", "4", "5", "6", "complete");
        await().atMost(LONG).until(() -> threads().isEmpty());
    }

    @Tag("C11")
    @Test
    void tellsALossToASubscriberThatRequestsTooLittle() {
        Flow.Subscription subscription = subscribe(LogQuery.source("app"));
        lines(1, 15);

        subscription.request(2);

        await().atMost(LONG).until(() -> signals.size() == 2);
        assertThat(signals.get(0)).startsWith("Error L11 (Tail buffer overflow) -> This tail session dropped 5 ");
        assertThat(signals.get(1)).isEqualTo("6");
        subscription.cancel();
    }

    @Test
    void publishesNothingAfterItWasCancelledAndLeavesNoThread() {
        Flow.Subscription subscription = subscribe(LogQuery.all());
        subscription.request(10);
        lines(1, 1);
        await().atMost(LONG).until(() -> signals.size() == 1);

        subscription.cancel();
        subscription.cancel();

        await().atMost(LONG).until(() -> threads().isEmpty());
        lines(2, 2);
        assertThat(signals).containsExactly("1");
        assertThat(shop.stats().sinks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void endsWithAnErrorWhenNothingIsRequested(long lines) {
        Flow.Subscription subscription = subscribe(LogQuery.all());

        subscription.request(lines);

        await().atMost(LONG).until(() -> !signals.isEmpty());
        assertThat(signals).containsExactly("requested lines: " + lines + " (expected: 1 or more)");
    }

    @Test
    void givesEachSubscriberATailOfItsOwn() {
        lines(1, 2);
        Flow.Publisher<LogEntry> publisher = shop.publisher(LogQuery.all());
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        publisher.subscribe(first);
        publisher.subscribe(second);
        first.subscription().request(2);
        second.subscription().request(2);

        await().atMost(LONG).until(() -> signals.size() == 4);
        assertThat(signals).containsExactlyInAnyOrder("1", "2", "1", "2");
    }

    private Flow.Subscription subscribe(LogQuery query) {
        Recorder recorder = new Recorder();
        shop.publisher(query).subscribe(recorder);
        return recorder.subscription();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("procmodel-"))
                .toList();
    }

    private void lines(int from, int to) {
        for (int i = from; i <= to; i++) {
            web.line(String.valueOf(i));
        }
    }

    private final class Recorder implements Flow.Subscriber<LogEntry> {
        private final List<Flow.Subscription> subscriptions = new CopyOnWriteArrayList<>();

        Flow.Subscription subscription() {
            return subscriptions.get(0);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriptions.add(subscription);
        }

        @Override
        public void onNext(LogEntry entry) {
            signals.add(entry.text());
        }

        @Override
        public void onError(Throwable error) {
            signals.add(String.valueOf(error.getMessage()));
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }
}
