package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.error.InvalidValueException;
import io.procmodel.lease.FileLease;
import io.procmodel.lease.HeldLease;
import io.procmodel.lease.InMemoryLease;
import io.procmodel.lease.Lease;
import io.procmodel.lease.LeaseUnavailableException;
import io.procmodel.log.LogOrigin;
import io.procmodel.policy.AppPolicy;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A clock dyno on two hosts, each a platform of its own. The dyno holds a kernel lock as long as any of its processes
 * lives, and says so when it finds another one: {@code start} and {@code end} lines, and {@code overlap} if that ever
 * happened.
 */
class SingletonIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration TTL = Duration.ofSeconds(8);
    private static final AppPolicy POLICY = AppPolicy.HEROKU.everyType(type -> type.stopGrace(Duration.ofSeconds(1)));

    /** Ends at once when told to, but every third one ignores it and has to be killed. */
    private static final String CLOCK = "clock: exec 9>>\"$RECORD.lock\"; flock -n 9 || echo overlap >> \"$RECORD\";"
            + " echo token $PROCMODEL_FENCING_TOKEN; echo start $PROCMODEL_FENCING_TOKEN >> \"$RECORD\";"
            + " if [ $(($(wc -l < \"$RECORD\") % 3)) = 0 ]; then trap '' TERM;"
            + " else trap 'echo end >> \"$RECORD\"; exit 0' TERM; fi; while :; do sleep 0.05; done\n";

    @TempDir
    private Path directory;

    private Path record;
    private final List<Platform> platforms = new ArrayList<>();
    private final RecordingSink logs = new RecordingSink();

    @BeforeEach
    void requireFlock() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/flock")), "flock is missing");
        record = directory.resolve("record");
    }

    @AfterEach
    void close() {
        platforms.forEach(Platform::close);
    }

    private Platform open(String home) {
        Platform platform = Platform.builder()
                .home(directory.resolve(home))
                .policy(POLICY)
                .logs(logs)
                .isolation(Isolation.NONE)
                .open();
        platforms.add(platform);
        return platform;
    }

    private App shop(String home) throws IOException {
        App shop = open(home).createApp("shop");
        shop.config().set("RECORD", record.toString());
        shop.deploy(SampleSources.procfile(directory.resolve("source"), CLOCK));
        return shop;
    }

    private List<String> record() throws IOException {
        return Files.exists(record) ? Files.readAllLines(record) : List.of();
    }

    private long starts() throws IOException {
        return record().stream().filter(line -> line.startsWith("start")).count();
    }

    private static int clocks(App app) {
        return app.dynos().list().size();
    }

    /** Who has the clock, once the one before knows that it has it no more. */
    private static int leader(List<App> shops) {
        await().atMost(LIMIT).until(() -> clocks(shops.get(0)) + clocks(shops.get(1)) == 1);
        return clocks(shops.get(0)) > 0 ? 0 : 1;
    }

    private void awaitStarts(long atLeast) {
        await().atMost(LIMIT).until(() -> starts() >= atLeast);
    }

    @Test
    void neverTwoThroughDeploysScalingsAndLostLeases() throws IOException {
        InMemoryLease store = InMemoryLease.of("shop/clock", TTL, InstantSource.system());
        List<Flaky> leases = List.of(new Flaky(store), new Flaky(store));
        List<App> shops = List.of(shop("one"), shop("two"));
        for (int host = 0; host < 2; host++) {
            shops.get(host).formation().singleton("clock", leases.get(host));
            shops.get(host).formation().scale("clock=1");
        }
        awaitStarts(1);

        int rounds = Integer.getInteger("procmodel.singleton.rounds", 4);
        SplittableRandom random = new SplittableRandom(42);
        for (int round = 0; round < rounds; round++) {
            long before = starts();
            int leader = leader(shops);
            App shop = shops.get(leader);
            switch (round % 4) {
                case 0 -> shop.config().set("ROUND", String.valueOf(round));
                case 1 -> leases.get(leader).away = true;
                case 2 -> shop.formation().scale("clock=0");
                default -> shop.dynos().restart("clock.1");
            }
            if (random.nextBoolean()) {
                shops.get(1 - leader).config().set("ROUND", String.valueOf(round));
            }
            awaitStarts(before + 1);
            leases.get(leader).away = false;
            shop.formation().scale("clock=1");
        }
        platforms.forEach(Platform::close);

        assertThat(record()).doesNotContain("overlap");
        assertThat(starts()).isGreaterThan(rounds);
        List<Long> tokens = record().stream()
                .filter(line -> line.startsWith("start"))
                .map(line -> Long.valueOf(line.substring("start ".length())))
                .toList();
        assertThat(tokens).as("fencing tokens").isSorted();
    }

    @Test
    void theOtherHostTakesOverWhenOneCloses() throws IOException {
        Path lease = directory.resolve("clock.lease");
        App one = shop("one");
        one.formation().singleton("clock", FileLease.at(lease));
        one.formation().scale("clock=1");
        awaitStarts(1);
        App two = shop("two");
        two.formation().singleton("clock", FileLease.at(lease));
        two.formation().scale("clock=1");
        two.dynos().awaitUp(LIMIT);
        assertThat(clocks(two)).as("standing by").isZero();

        platforms.get(0).close();
        awaitStarts(2);
        await().atMost(LIMIT).until(() -> clocks(two) == 1);
        assertThat(record()).doesNotContain("overlap");
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(logs.of(LogOrigin.app("clock.1"))).containsSubsequence("token 1", "token 2"));
    }

    @Test
    void aReopenedPlatformKeepsItDownUntilTheLeaseIsGivenAgain() throws IOException {
        Path lease = directory.resolve("clock.lease");
        App shop = shop("one");
        shop.formation().singleton("clock", FileLease.at(lease));
        shop.formation().scale("clock=1");
        awaitStarts(1);
        platforms.get(0).close();

        App again = open("one").app("shop");
        again.dynos().awaitUp(LIMIT);
        assertThat(clocks(again)).isZero();
        again.formation().singleton("clock", FileLease.at(lease));
        awaitStarts(2);
    }

    @Test
    void whatASingletonCannotBeIsRefusedAndNothingChanges() throws IOException {
        App shop = shop("one");
        InMemoryLease lease = InMemoryLease.of("shop/clock", TTL, InstantSource.system());
        shop.formation().scale("clock=2");
        assertThatThrownBy(() -> shop.formation().singleton("clock", lease))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("clock=2")
                .hasMessageContaining("two of it never run at once");
        shop.formation().scale("clock=0");

        InMemoryLease tooShort = InMemoryLease.of("shop/clock", Duration.ofSeconds(2), InstantSource.system());
        assertThatThrownBy(() -> shop.formation().singleton("clock", tooShort))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("PT2S")
                .hasMessageContaining("at least PT3S")
                .hasMessageContaining("stopping a dyno of clock may take PT1S");
        assertThatThrownBy(() -> shop.formation().singleton("no clock", lease))
                .isInstanceOf(InvalidValueException.class);

        shop.formation().singleton("clock", lease);
        assertThatThrownBy(() -> shop.formation().singleton("clock", lease))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("not a singleton here yet");
        assertThatThrownBy(() -> shop.formation().scale("clock=2"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("clock is a singleton");
        assertThat(shop.formation().current().quantity("clock")).isZero();

        shop.formation().endSingleton("clock");
        shop.formation().scale("clock=2");
        shop.dynos().awaitUp(LIMIT);
        assertThat(clocks(shop)).isEqualTo(2);
    }

    /** A view of a store that one host cannot reach for a while. */
    private static final class Flaky implements Lease {
        private final Lease store;
        volatile boolean away;

        Flaky(Lease store) {
            this.store = store;
        }

        @Override
        public String name() {
            return store.name();
        }

        @Override
        public Optional<Duration> ttl() {
            return store.ttl();
        }

        private void requireThere() {
            if (away) {
                throw new LeaseUnavailableException(name(), "ask", new IOException("connection refused"));
            }
        }

        @Override
        public Optional<HeldLease> tryAcquire() {
            requireThere();
            return store.tryAcquire().map(Held::new);
        }

        private final class Held implements HeldLease {
            private final HeldLease held;

            Held(HeldLease held) {
                this.held = held;
            }

            @Override
            public long token() {
                return held.token();
            }

            @Override
            public boolean renew() {
                requireThere();
                return held.renew();
            }

            @Override
            public void release() {
                requireThere();
                held.release();
            }
        }
    }
}
