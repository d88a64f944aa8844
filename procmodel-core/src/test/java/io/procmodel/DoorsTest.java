package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.name.AppName;
import io.procmodel.traffic.FrontDoor;
import io.procmodel.traffic.WebState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Front doors are host code: whatever they do, a dyno is drained once, and the control thread goes on. */
class DoorsTest {
    private static final AppName SHOP = AppName.of("shop");

    private final Doors doors = new Doors();
    private final AtomicInteger drained = new AtomicInteger();

    /** Keeps what it is to report. */
    private static class Door implements FrontDoor {
        final List<Runnable> reports = new ArrayList<>();

        @Override
        public void changed(WebState state) {}

        @Override
        public void drain(AppName app, long instance, Runnable whenDrained) {
            reports.add(whenDrained);
        }

        @Override
        public Optional<Duration> idleFor(AppName app) {
            return Optional.of(Duration.ofMinutes(5));
        }

        @Override
        public Duration drainLimit() {
            return Duration.ofSeconds(30);
        }
    }

    /** Fails at everything. */
    private static final class Broken extends Door {
        @Override
        public void drain(AppName app, long instance, Runnable whenDrained) {
            throw new IllegalStateException("broken door");
        }

        @Override
        public Optional<Duration> idleFor(AppName app) {
            throw new IllegalStateException("broken door");
        }

        @Override
        public Duration drainLimit() {
            throw new IllegalStateException("broken door");
        }
    }

    private Door add(Door door) {
        doors.add(door);
        return door;
    }

    private void drain() {
        doors.drain(SHOP, 1, drained::incrementAndGet);
    }

    @Test
    void aDynoIsDrainedWhenEveryDoorHasSaidSo() {
        Door first = add(new Door());
        Door second = add(new Door());
        drain();

        first.reports.get(0).run();
        first.reports.get(0).run();
        assertThat(drained).as("one door said it twice").hasValue(0);
        second.reports.get(0).run();
        second.reports.get(0).run();
        assertThat(drained).hasValue(1);
    }

    @Test
    void withoutADoorNothingHasToBeDrained() {
        drain();
        assertThat(drained).hasValue(1);
        assertThat(doors.drainLimit()).isNull();
        assertThat(doors.idleFor(SHOP)).isEmpty();
    }

    @Test
    void aBrokenDoorIsNotWaitedFor() {
        Door sound = add(new Door());
        add(new Broken());
        drain();
        assertThat(drained).hasValue(0);
        sound.reports.get(0).run();
        assertThat(drained).hasValue(1);
        assertThat(doors.drainLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(doors.idleFor(SHOP))
                .as("nobody knows, so it is not put to sleep")
                .contains(Duration.ZERO);
    }

    /** Doors come and go on other threads: who is asked is who is counted. */
    @Test
    void aDoorThatOpensMeanwhileIsNotCounted() {
        Door first = new Door() {
            @Override
            public void drain(AppName app, long instance, Runnable whenDrained) {
                add(new Door());
                super.drain(app, instance, whenDrained);
            }
        };
        doors.add(first);
        Door second = add(new Door());
        drain();

        first.reports.get(0).run();
        assertThat(drained).hasValue(0);
        second.reports.get(0).run();
        assertThat(drained).hasValue(1);
    }
}
