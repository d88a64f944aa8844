package io.procmodel.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.dyno.DynoName;
import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;
import io.procmodel.policy.StopSignal;
import io.procmodel.slug.SlugDigest;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DynoRuntime} keeps to. A subclass opens one, and packs a slug whose only file is named {@code mark}. */
public abstract class DynoRuntimeContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AppName SHOP = AppName.of("shop");

    private DynoRuntime runtime;

    /** Opens the runtime under test. */
    protected abstract DynoRuntime open() throws Exception;

    /** The slug to run on. */
    protected abstract SlugDigest slug() throws Exception;

    @BeforeEach
    void openRuntime() throws Exception {
        runtime = open();
    }

    @AfterEach
    void closeRuntime() throws Exception {
        runtime.close();
        runtime.close();
        checkClosed();
    }

    /** What else must be so when the runtime of a test has been closed. */
    protected void checkClosed() throws Exception {}

    private DynoSpec worker(String command) throws Exception {
        return DynoSpec.of(SHOP, DynoName.parse("worker.1"), new DynoFiles.FreshCopy(slug()), command);
    }

    private ObservedDyno start(DynoSpec spec) {
        ObservedDyno observed = new ObservedDyno();
        runtime.start(spec.output(observed), observed);
        assertThat(observed.calls()).as("started is told before start returns").startsWith("started");
        return observed;
    }

    @Test
    void tellsTheStartThenTheEndWithItsStatusOnce() throws Exception {
        ObservedDyno observed = start(worker("exit 7"));

        observed.awaitEnd();
        assertThat(observed.calls()).containsExactly("started", "exit status 7");
    }

    @Test
    void carriesTheWholeOutputAndClosesItsSource() throws Exception {
        ObservedDyno observed = start(worker("ls; echo to stderr >&2; printf 'no line end'"));

        observed.awaitEnd();
        Awaitility.await().atMost(PATIENCE).until(() -> observed.isClosed());
        assertThat(observed.output()).isEqualTo("mark\nto stderr\nno line end");
    }

    /** A dyno that nobody is attached to reads nothing; one that somebody is attached to reads what is written. */
    @Test
    void readsFromWhoIsAttachedUntilTheEndOfTheInput() throws Exception {
        ObservedDyno alone = start(worker("cat; echo end"));
        alone.awaitEnd();
        assertThat(alone.output()).isEqualTo("end\n");

        byte[] much = "0123456789abcde\n".repeat(20_000).getBytes(UTF_8);
        Attachment attachment = new Attachment(new ByteArrayInputStream(much), Optional.empty());
        ObservedDyno attached = start(worker("wc -c; cat; echo end").attachment(attachment));
        attached.awaitEnd();
        assertThat(attached.output().strip()).isEqualTo("320000\nend");
    }

    @Test
    void endsWithoutHavingReadItsInput() throws Exception {
        Attachment attachment = new Attachment(new ByteArrayInputStream(new byte[1_000_000]), Optional.empty());
        ObservedDyno attached = start(worker("head -c 5 | wc -c").attachment(attachment));

        attached.awaitEnd();
        assertThat(attached.output().strip()).isEqualTo("5");
    }

    /** DYN-40, DYN-43. */
    @Test
    void givesEachDynoItsOwnVariablesAndFiles() throws Exception {
        DynoSpec spec = worker(
                        "echo \"$DYNO $GREETING ${PORT-no port} $(ls)\"; rm mark; [ \"$HOME\" = \"$PWD\" ] && echo home")
                .environment(Map.of("GREETING", "hello", "DYNO", "forged"));
        for (int round = 0; round < 2; round++) {
            ObservedDyno observed = start(spec);
            observed.awaitEnd();
            assertThat(observed.output()).isEqualTo("worker.1 hello no port mark\nhome\n");
        }
    }

    /** DYN-10. */
    @Test
    void givesAPortOnRequestAndNeverTheSameTwice() throws Exception {
        ObservedDyno one = start(worker("echo $PORT; exec sleep 1000").port(PortRequest.ANY));
        ObservedDyno two = start(worker("echo $PORT; exec sleep 1000").port(PortRequest.ANY));

        int first = one.dyno().address().orElseThrow().getPort();
        assertThat(two.dyno().address().orElseThrow().getPort()).isNotEqualTo(first);
        Awaitility.await().atMost(PATIENCE).until(() -> one.output().equals(first + "\n"));
    }

    /** DYN-25. */
    @Test
    void endsADynoWithASignalAndReports128PlusItsNumber() throws Exception {
        ObservedDyno asked = start(worker("exec sleep 1000"));
        ObservedDyno killed = start(worker("trap '' TERM; echo deaf; while :; do sleep 0.1; done"));
        Awaitility.await().atMost(PATIENCE).until(() -> killed.output().equals("deaf\n"));

        asked.dyno().terminate(StopSignal.TERM);
        killed.dyno().terminate(StopSignal.TERM);
        killed.dyno().kill();

        asked.awaitEnd();
        killed.awaitEnd();
        assertThat(asked.calls()).last().isEqualTo("exit status 143");
        assertThat(killed.calls()).last().isEqualTo("exit status 137");
        asked.dyno().terminate(StopSignal.TERM);
        asked.dyno().kill();
    }

    @Test
    void aSlugThatIsNotThereIsATypedErrorAndNothingIsTold() {
        ObservedDyno observed = new ObservedDyno();
        DynoFiles missing = new DynoFiles.FreshCopy(SlugDigest.parse("sha256:" + "0".repeat(64)));
        DynoSpec spec =
                DynoSpec.of(SHOP, DynoName.parse("worker.1"), missing, "true").output(observed);

        assertThatThrownBy(() -> runtime.start(spec, observed)).isInstanceOf(ProcModelException.class);
        assertThat(observed.calls()).isEmpty();
        assertThat(observed.isClosed()).isTrue();
    }

    @Test
    void closeEndsWhatRunsAndTakesNothingMore() throws Exception {
        ObservedDyno observed = start(worker("trap '' TERM; sleep 1000 & wait"));

        runtime.close();

        observed.awaitEnd();
        assertThatThrownBy(() -> start(worker("true"))).isInstanceOf(ProcModelException.class);
    }
}
