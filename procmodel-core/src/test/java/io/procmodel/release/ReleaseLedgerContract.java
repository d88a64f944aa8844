package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ReleaseLedger} does, whatever it is kept in. */
public abstract class ReleaseLedgerContract {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");

    private Instant now = NOON;
    private ReleaseLedger ledger;

    /** Opens the one store of the running test, empty at first; what it held when it was closed is there again. */
    protected abstract ReleaseLedger open(InstantSource clock) throws Exception;

    @BeforeEach
    void openLedger() throws Exception {
        ledger = open(() -> now);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private void reopen() throws Exception {
        ledger.close();
        ledger = open(() -> now);
    }

    private static ReleaseDraft draft(String description) {
        return ReleaseDraft.of("ada", description);
    }

    private static ReleaseDraft deploy(char digit) {
        return draft("Deploy").slug(Releases.slug(digit));
    }

    private Release appendFull() {
        ConfigVars config =
                ConfigVars.empty().with("GREETING", "hello\n\"wörld\" 😀").with("EMPTY", "");
        return ledger.append(draft("Deploy 1a2b3c4d")
                .slug(Releases.slug('1'))
                .config(config)
                .attachments(List.of(
                        new Attachment("DATABASE", "postgresql-curly-1", "postgresql:dev", List.of("DATABASE_URL")))));
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(ledger.list()).isEmpty();
        assertThat(ledger.current()).isEmpty();
        assertThat(ledger.get(1)).isEmpty();
        assertThat(ledger.verify().isIntact()).isTrue();
    }

    /** REL-1. */
    @Test
    void numbersReleasesFromOneWithoutGaps() throws Exception {
        assertThat(ledger.append(draft("Initial release")).version()).isEqualTo(1);
        assertThat(ledger.append(draft("Set A config vars")).version()).isEqualTo(2);
        reopen();
        assertThat(ledger.append(draft("Set B config vars")).version()).isEqualTo(3);
    }

    /** REL-7. */
    @Test
    void givesBackEverythingThatWasAppended() throws Exception {
        Release appended = appendFull();

        assertThat(appended.createdAt()).isEqualTo(NOON);
        assertThat(ledger.get(1)).contains(appended);
        reopen();
        assertThat(ledger.get(1)).contains(appended);
        assertThat(ledger.get(1).orElseThrow().config().keys()).containsExactly("GREETING", "EMPTY");
    }

    @Test
    void datesReleasesByTheClock() {
        ledger.append(draft("first"));
        now = NOON.plus(Duration.ofHours(1));

        assertThat(ledger.append(draft("second")).createdAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(ledger.get(1).orElseThrow().createdAt()).isEqualTo(NOON);
    }

    /** REL-26. */
    @Test
    void listsNewestFirst() {
        IntStream.rangeClosed(1, 5).forEach(i -> ledger.append(draft("number " + i)));

        assertThat(ledger.list()).extracting(Release::version).containsExactly(5, 4, 3, 2, 1);
        assertThat(ledger.newest(2)).extracting(Release::version).containsExactly(5, 4);
        assertThat(ledger.newest(0)).isEmpty();
        assertThat(ledger.newest(-1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void hasNoReleaseOutsideItsVersions(int version) {
        ledger.append(draft("only"));

        assertThat(ledger.get(version)).isEmpty();
    }

    /** REL-1: nothing is kept by reference to a neighbour that differs in no more than the order of its keys. */
    @Test
    void keepsTheConfigOfEachRelease() throws Exception {
        ConfigVars first = ConfigVars.empty().with("A", "1").with("B", "2");
        ConfigVars reordered = ConfigVars.empty().with("B", "2").with("A", "1");
        List<ConfigVars> configs =
                List.of(ConfigVars.empty(), first, first, reordered, reordered.with("A", "3"), first, first);
        configs.forEach(config -> ledger.append(draft("change").config(config)));
        reopen();
        ledger.append(draft("like the last").config(first));

        for (int i = 0; i < configs.size(); i++) {
            assertThat(ledger.get(i + 1).orElseThrow().config().asMap().entrySet())
                    .containsExactlyElementsOf(configs.get(i).asMap().entrySet());
        }
        assertThat(ledger.newest(1).get(0).config()).isEqualTo(first);
        assertThat(ledger.list()).hasSize(configs.size() + 1);
    }

    /** REL-9. */
    @Test
    void hasTheNewestSucceededReleaseAsTheCurrentOne() throws Exception {
        ledger.append(deploy('1'));
        ledger.append(deploy('2').pending());
        assertThat(ledger.current()).map(Release::version).contains(1);

        ledger.changeStatus(2, ReleaseStatus.SUCCEEDED);
        assertThat(ledger.current()).map(Release::version).contains(2);

        ledger.append(deploy('3').pending());
        ledger.changeStatus(3, ReleaseStatus.FAILED);
        assertThat(ledger.current()).map(Release::version).contains(2);
        reopen();
        assertThat(ledger.current()).map(Release::version).contains(2);
    }

    @Test
    void letsAnOlderPendingReleaseSucceedWithoutBecomingCurrent() {
        ledger.append(deploy('1').pending());
        ledger.append(deploy('2'));
        ledger.changeStatus(1, ReleaseStatus.SUCCEEDED);

        assertThat(ledger.current()).map(Release::version).contains(2);
        ledger.changeStatus(2, ReleaseStatus.EXPIRED);
        assertThat(ledger.current()).map(Release::version).contains(1);
    }

    /** REL-8, REL-14: the version number of a failed release is used up. */
    @Test
    void keepsChangesOfStatus() throws Exception {
        ledger.append(deploy('1').pending());
        Release failed = ledger.changeStatus(1, ReleaseStatus.FAILED);
        ledger.append(deploy('2'));
        reopen();

        assertThat(failed.status()).isEqualTo(ReleaseStatus.FAILED);
        assertThat(ledger.list())
                .extracting(Release::status)
                .containsExactly(ReleaseStatus.SUCCEEDED, ReleaseStatus.FAILED);
        assertThat(ledger.verify().isIntact()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED,PENDING", "SUCCEEDED,FAILED", "SUCCEEDED,SUCCEEDED", "PENDING,EXPIRED", "PENDING,PENDING"})
    void refusesAnImpossibleChangeOfStatusAndKeepsTheOldOne(ReleaseStatus from, ReleaseStatus to) {
        ledger.append(from == ReleaseStatus.PENDING ? deploy('1').pending() : deploy('1'));

        assertThatThrownBy(() -> ledger.changeStatus(1, to))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("v1")
                .hasMessageContaining(to.name());
        assertThat(ledger.get(1).orElseThrow().status()).isEqualTo(from);
    }

    @Test
    void refusesAChangeOfStatusOfAReleaseThatIsNotThere() {
        ledger.append(deploy('1'));

        assertThatThrownBy(() -> ledger.changeStatus(2, ReleaseStatus.EXPIRED))
                .isInstanceOf(NoSuchReleaseException.class)
                .hasMessageContaining("v2")
                .hasMessageContaining("v1 to v1");
    }

    @Test
    void refusesADraftThatWasBasedOnAnOlderRelease() {
        ledger.append(draft("first").basedOn(0));
        ledger.append(draft("second").basedOn(1));

        assertThatThrownBy(() -> ledger.append(draft("late").basedOn(1)))
                .isInstanceOf(StaleReleaseException.class)
                .hasMessageContaining("v1")
                .hasMessageContaining("v2");
        assertThat(ledger.append(draft("third").basedOn(2)).version()).isEqualTo(3);
    }

    @Test
    void linesUpParallelWritersWithoutGapsOrLosses() throws Exception {
        int writers = 8;
        int each = 50;
        Set<Integer> versions = ConcurrentHashMap.newKeySet();
        runInParallel(writers, writer -> {
            for (int i = 0; i < each; i++) {
                Release mine = ledger.append(draft("writer " + writer + " number " + i));
                versions.add(mine.version());
                assertThat(ledger.get(mine.version())).contains(mine);
            }
        });
        reopen();

        List<Release> all = ledger.list();
        assertThat(versions).hasSize(writers * each);
        assertThat(all).hasSize(writers * each);
        assertThat(all).extracting(Release::description).doesNotHaveDuplicates();
        for (int writer = 0; writer < writers; writer++) {
            String prefix = "writer " + writer + " ";
            assertThat(all.stream().map(Release::description).filter(d -> d.startsWith(prefix)))
                    .isEqualTo(IntStream.iterate(each - 1, i -> i - 1)
                            .limit(each)
                            .mapToObj(i -> prefix + "number " + i)
                            .toList());
        }
        assertThat(ledger.verify().isIntact()).isTrue();
    }

    /** Optimistic writers that retry lose nothing of each other. */
    @Test
    void letsTheLoserOfARaceRetry() throws Exception {
        ledger.append(draft("Initial release"));
        runInParallel(4, writer -> {
            for (int i = 0; i < 10; i++) {
                setRetrying("W" + writer + "_" + i);
            }
        });

        assertThat(ledger.current().orElseThrow().config().size()).isEqualTo(40);
        assertThat(ledger.list()).hasSize(41);
    }

    private void setRetrying(String key) {
        boolean done = false;
        while (!done) {
            Release newest = ledger.newest(1).get(0);
            ReleaseDraft draft = ReleaseDraft.like(newest, "ada", ReleaseDescriptions.set(List.of(key)))
                    .config(newest.config().with(key, "x"));
            try {
                ledger.append(draft.basedOn(newest.version()));
                done = true;
            } catch (StaleReleaseException e) {
                assertThat(e.newest()).isGreaterThan(newest.version());
            }
        }
    }

    @Test
    void finishesTheAppendOfAnInterruptedThreadAndKeepsItsInterrupt() {
        Thread.currentThread().interrupt();
        try {
            ledger.append(draft("interrupted"));
            assertThat(ledger.get(1)).isPresent();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(ledger.append(draft("next")).version()).isEqualTo(2);
    }

    @Test
    void refusesCallsWhenClosedAndClosesTwice() {
        ledger.append(draft("only"));
        ledger.close();
        ledger.close();

        assertThatThrownBy(() -> ledger.append(draft("late"))).isInstanceOf(LedgerClosedException.class);
        assertThatThrownBy(() -> ledger.get(1)).isInstanceOf(LedgerClosedException.class);
        assertThatThrownBy(() -> ledger.list()).isInstanceOf(LedgerClosedException.class);
        assertThatThrownBy(() -> ledger.verify()).isInstanceOf(LedgerClosedException.class);
    }

    private interface Work {
        void run(int worker) throws Exception;
    }

    private static void runInParallel(int workers, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                int number = worker;
                tasks.add(() -> {
                    work.run(number);
                    return null;
                });
            }
            for (Future<Void> result : pool.invokeAll(tasks, 200, TimeUnit.SECONDS)) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
