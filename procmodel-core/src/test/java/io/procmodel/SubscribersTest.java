package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.event.AppCreated;
import io.procmodel.event.PlatformEvent;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubscribersTest {
    private static final int QUEUE = 10_000;

    private final List<PlatformEvent> heard = new CopyOnWriteArrayList<>();

    private static PlatformEvent event(int number) {
        return new AppCreated(AppName.of("app-" + number), Instant.EPOCH.plusSeconds(number));
    }

    @Test
    void eventsAreDeliveredInOrderAndCloseWaitsForThem() {
        List<PlatformEvent> events =
                IntStream.range(0, 1000).mapToObj(SubscribersTest::event).toList();
        try (Subscribers subscribers = new Subscribers()) {
            subscribers.add(heard::add);
            events.forEach(subscribers::tell);
        }
        assertThat(heard).isEqualTo(events);
    }

    @Test
    void aListenerThatThrowsHarmsNobodyAndIsCounted() {
        Subscribers subscribers = new Subscribers();
        try (subscribers) {
            subscribers.add(event -> {
                throw new IllegalStateException("listener of the test");
            });
            subscribers.add(heard::add);
            subscribers.tell(event(1));
            subscribers.tell(event(2));
            await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() == 2);
        }
        assertThat(heard).hasSize(2);
        assertThat(subscribers.failed()).isEqualTo(2);
    }

    /** An assertion in a listener, a class that is not there: no less harmless. */
    @Test
    void aListenerThatThrowsWhatNobodyCatchesHarmsNobodyEither() {
        Subscribers subscribers = new Subscribers();
        try (subscribers) {
            subscribers.add(event -> {
                throw new NoClassDefFoundError("a class of the test");
            });
            subscribers.add(heard::add);
            subscribers.tell(event(1));
            subscribers.tell(event(2));
        }
        assertThat(heard).hasSize(2);
        assertThat(subscribers.failed()).isEqualTo(2);
    }

    @Test
    void aListenerThatHangsCostsEventsThatAreCountedAndNeverTheCaller() {
        Subscribers subscribers = new Subscribers();
        CountDownLatch release = new CountDownLatch(1);
        try (subscribers) {
            subscribers.add(event -> awaitQuietly(release));
            for (int i = 0; i < QUEUE + 51; i++) {
                subscribers.tell(event(i));
            }
            assertThat(subscribers.dropped()).isBetween(50L, 51L);
            release.countDown();
        }
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() {
        try (Subscribers subscribers = new Subscribers()) {
            Subscription subscription = subscribers.add(heard::add);
            subscription.close();
            subscription.close();
            subscribers.tell(event(1));
        }
        assertThat(heard).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
