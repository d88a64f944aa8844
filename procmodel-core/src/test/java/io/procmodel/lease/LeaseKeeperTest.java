package io.procmodel.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a lease is held is judged without asking, early, and by two clocks. */
class LeaseKeeperTest {
    private static final Duration TTL = Duration.ofSeconds(12);
    private static final Duration VALID = Duration.ofSeconds(10);

    private Instant storeTime = Instant.parse("2026-01-02T12:00:00Z");
    private Instant wall = Instant.parse("2026-01-02T14:00:00Z");
    private long nanos = -5;
    private boolean away;
    private final InMemoryLease store = InMemoryLease.of("clock", TTL, () -> storeTime);
    private final LeaseKeeper keeper = new LeaseKeeper(new Flaky(), () -> wall, () -> nanos);

    private void pass(Duration time) {
        storeTime = storeTime.plus(time);
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void itIsKeptByRenewingFourTimesPerTimeToLive() {
        keeper.step();
        for (int quarter = 0; quarter < 40; quarter++) {
            assertThat(keeper.untilNextStep()).isEqualTo(TTL.dividedBy(4));
            pass(keeper.untilNextStep());
            keeper.step();
            assertThat(keeper.token()).hasValue(1);
            assertThat(keeper.remaining()).contains(VALID);
        }
    }

    @Test
    void withoutRenewalItEndsBeforeOthersSeeItExpire() {
        keeper.step();
        pass(VALID.minusMillis(1));
        assertThat(keeper.token()).hasValue(1);

        pass(Duration.ofMillis(1));
        assertThat(keeper.token()).isEmpty();
        assertThat(keeper.remaining()).contains(Duration.ZERO);
        assertThat(store.tryAcquire()).as("not free yet for others").isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsAskedAgainAndTheLeaseGoesOnIfNobodyTookIt() {
        keeper.step();
        away = true;
        pass(TTL.dividedBy(4));
        keeper.step();
        assertThat(keeper.failure()).isPresent();
        assertThat(keeper.token()).hasValue(1);

        pass(VALID);
        keeper.step();
        assertThat(keeper.token()).isEmpty();

        away = false;
        pass(keeper.untilNextStep());
        keeper.step();
        assertThat(keeper.token()).hasValue(1);
        assertThat(keeper.failure()).isEmpty();
    }

    @Test
    void aLeaseThatAnotherTookIsLostAndComesBackWithAHigherToken() {
        keeper.step();
        pass(TTL);
        HeldLease other = store.tryAcquire().orElseThrow();
        keeper.step();
        assertThat(keeper.token()).isEmpty();

        other.release();
        keeper.step();
        pass(keeper.untilNextStep());
        keeper.step();
        assertThat(keeper.token()).hasValue(3);
    }

    @Test
    void aSuspendThatOnlyTheWallClockSawEndsIt() {
        keeper.step();
        wall = wall.plus(Duration.ofHours(8));

        assertThat(keeper.token()).isEmpty();
    }

    @Test
    void aWallClockSetBackDoesNotProlongIt() {
        keeper.step();
        wall = wall.minus(Duration.ofHours(8));
        nanos += VALID.toNanos();

        assertThat(keeper.token()).isEmpty();
        assertThat(keeper.remaining()).contains(Duration.ZERO);
    }

    @Test
    void aReleasedLeaseIsFreeForTheNext() {
        keeper.step();
        keeper.release();

        assertThat(keeper.token()).isEmpty();
        assertThat(store.tryAcquire()).isPresent();
    }

    private final class Flaky implements Lease {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public Optional<Duration> ttl() {
            return store.ttl();
        }

        private void requireThere(String action) {
            if (away) {
                throw new LeaseUnavailableException(name(), action, new IOException("connection refused"));
            }
        }

        @Override
        public Optional<HeldLease> tryAcquire() {
            requireThere("acquire");
            return store.tryAcquire().map(FlakyHeld::new);
        }

        private final class FlakyHeld implements HeldLease {
            private final HeldLease held;

            FlakyHeld(HeldLease held) {
                this.held = held;
            }

            @Override
            public long token() {
                return held.token();
            }

            @Override
            public boolean renew() {
                requireThere("renew");
                return held.renew();
            }

            @Override
            public void release() {
                held.release();
            }
        }
    }
}
