package io.procmodel.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.name.AppName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AppStateStore} does, whatever it is kept in. */
public abstract class AppStateStoreContract {
    protected static final AppName SHOP = AppName.of("shop");
    protected static final AppName BLOG = AppName.of("blog");
    private static final StateName DOMAINS = StateName.of("domains");
    private static final StateName MAINTENANCE = StateName.of("maintenance");

    private AppStateStore store;

    /** Opens the one store of the running test, which holds nothing of {@code shop} and {@code blog} at first. */
    protected abstract AppStateStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.load(SHOP, DOMAINS)).isEmpty();
    }

    @Test
    void givesBackWhatWasSavedLastAfterItWasOpenedAgainToo() throws Exception {
        StateDocument first = store.save(SHOP, DOMAINS, "one", AppStateStore.ABSENT);
        store.save(SHOP, DOMAINS, "two\n\"zwei\" 😀\u0001", first.revision());

        assertThat(store.load(SHOP, DOMAINS)).map(StateDocument::text).contains("two\n\"zwei\" 😀\u0001");
        assertThat(open().load(SHOP, DOMAINS)).map(StateDocument::text).contains("two\n\"zwei\" 😀\u0001");
    }

    @Test
    void keepsAppsAndNamesApart() {
        store.save(SHOP, DOMAINS, "a", AppStateStore.ABSENT);
        store.save(SHOP, MAINTENANCE, "b", AppStateStore.ABSENT);
        store.save(BLOG, DOMAINS, "c", AppStateStore.ABSENT);

        assertThat(store.load(SHOP, DOMAINS)).map(StateDocument::text).contains("a");
        assertThat(store.load(SHOP, MAINTENANCE)).map(StateDocument::text).contains("b");
        assertThat(store.load(BLOG, DOMAINS)).map(StateDocument::text).contains("c");
        assertThat(store.load(BLOG, MAINTENANCE)).isEmpty();
    }

    @Test
    void refusesASaveThatIsNotBasedOnTheNewestRevision() {
        StateDocument first = store.save(SHOP, DOMAINS, "one", AppStateStore.ABSENT);
        store.save(SHOP, DOMAINS, "two", first.revision());

        assertThatThrownBy(() -> store.save(SHOP, DOMAINS, "late", first.revision()))
                .isInstanceOf(StaleStateException.class)
                .hasMessageContaining("domains of shop")
                .hasMessageContaining("revision " + first.revision());
        assertThatThrownBy(() -> store.save(SHOP, DOMAINS, "late", AppStateStore.ABSENT))
                .isInstanceOf(StaleStateException.class);
        assertThatThrownBy(() -> store.save(SHOP, MAINTENANCE, "early", 7)).isInstanceOf(StaleStateException.class);
        assertThat(store.load(SHOP, DOMAINS)).map(StateDocument::text).contains("two");
        assertThat(store.load(SHOP, MAINTENANCE)).isEmpty();
    }

    @Test
    void removesAllOfOneApp() {
        store.save(SHOP, DOMAINS, "a", AppStateStore.ABSENT);
        store.save(SHOP, MAINTENANCE, "b", AppStateStore.ABSENT);
        store.save(BLOG, DOMAINS, "c", AppStateStore.ABSENT);
        store.removeAll(SHOP);
        store.removeAll(SHOP);

        assertThat(store.load(SHOP, DOMAINS)).isEmpty();
        assertThat(store.load(SHOP, MAINTENANCE)).isEmpty();
        assertThat(store.load(BLOG, DOMAINS)).isPresent();
        assertThat(store.save(SHOP, DOMAINS, "again", AppStateStore.ABSENT).text())
                .isEqualTo("again");
    }

    @Test
    void savesNothingForAChangeThatChangesNothing() {
        StateDocument saved = store.update(SHOP, DOMAINS, before -> "a");

        assertThat(store.update(SHOP, DOMAINS, before -> before.orElseThrow())).isEqualTo(saved);
        assertThat(store.load(SHOP, DOMAINS)).contains(saved);
    }

    /** The loser of each race reads again and retries, so that nothing is lost. */
    @Test
    void losesNoneOfManyChangesAtOnce() throws Exception {
        int writers = 4;
        int each = 25;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                AppStateStore own = writer % 2 == 0 ? store : sharedStore();
                tasks.add(() -> {
                    for (int i = 0; i < each; i++) {
                        own.update(SHOP, DOMAINS, AppStateStoreContract::oneMore);
                    }
                    return null;
                });
            }
            for (Future<Void> result : pool.invokeAll(tasks, 200, TimeUnit.SECONDS)) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(store.load(SHOP, DOMAINS)).map(StateDocument::text).contains(Integer.toString(writers * each));
    }

    /** A second store over the same content, where several may have it at once; the same one elsewhere. */
    protected AppStateStore sharedStore() throws Exception {
        return store;
    }

    private static String oneMore(Optional<String> before) {
        return Integer.toString(before.map(Integer::parseInt).orElse(0) + 1);
    }

    @Test
    void printsNoContent() {
        assertThat(store.save(SHOP, DOMAINS, "s3cret", AppStateStore.ABSENT))
                .asString()
                .doesNotContain("s3cret");
    }
}
