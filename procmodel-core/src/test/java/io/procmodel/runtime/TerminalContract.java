package io.procmodel.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import io.procmodel.policy.StopSignal;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bash of the machine must be able to do in the terminal of a dyno, whoever makes the terminal. */
public abstract class TerminalContract {
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";
    private static final String CTRL_Z = "\032";

    @TempDir
    protected Path directory;

    private final PipedOutputStream keyboard = new PipedOutputStream();
    private DynoRuntime runtime;

    /** Opens a runtime with the terminals under test, below {@link #directory}. */
    protected abstract DynoRuntime open();

    @BeforeEach
    void openRuntime() {
        runtime = open();
        assertThat(runtime.capabilities()).contains(Capability.TERMINAL);
    }

    @AfterEach
    void closeRuntime() throws IOException {
        keyboard.close();
        runtime.close();
    }

    private ObservedDyno start(String command) throws IOException {
        ObservedDyno observed = new ObservedDyno();
        Attachment attachment = new Attachment(new PipedInputStream(keyboard), Optional.of(new TerminalSize(101, 37)));
        DynoFiles files = new DynoFiles.InPlace(directory);
        runtime.start(
                DynoSpec.of(AppName.of("shop"), DynoName.parse("run.1"), files, command)
                        .environment(Map.of("TERM", "dumb", "HOME", directory.toString(), "LC_ALL", "C"))
                        .attachment(attachment)
                        .output(observed),
                observed);
        return observed;
    }

    private ObservedDyno bash() throws IOException {
        ObservedDyno bash = start("exec env PS1='ready> ' bash --norc --noprofile -i");
        bash.awaitOutput("ready> ");
        return bash;
    }

    private void type(String keys) throws IOException {
        keyboard.write(keys.getBytes(US_ASCII));
        keyboard.flush();
    }

    @Test
    void itIsATerminalOfTheSizeThatWasAskedFor() throws IOException {
        ObservedDyno dyno = start("tty; stty size; test -t 0 && test -t 1 && test -t 2 && echo all three; exit 7");

        dyno.awaitEnd();
        assertThat(dyno.output()).matches("(?s)/dev/.*\r\n37 101\r\nall three\r\n");
        assertThat(dyno.calls()).endsWith("exit status 7");
    }

    @Test
    void bashHasJobControlThere() throws IOException {
        ObservedDyno bash = bash();

        assertThat(bash.output()).doesNotContain("no job control");
        type("tty; stty size\n");
        bash.awaitOutput("37 101");
        assertThat(bash.output()).contains("/dev/");
        type("exit 5\n");
        bash.awaitEnd();
        assertThat(bash.calls()).endsWith("exit status 5");
    }

    @Test
    void ctrlCInterruptsWhatRunsAndNotTheShell() throws IOException {
        ObservedDyno bash = bash();

        type("bash -c 'echo be''gun; exec sleep 1000'\n");
        bash.awaitOutput("begun");
        type(CTRL_C);
        type("echo status $?.\n");
        bash.awaitOutput("status 130.");
        type(CTRL_D);
        bash.awaitEnd();
    }

    @Test
    void ctrlZStopsAJobAndFgTakesItUpAgain() throws IOException {
        ObservedDyno bash = bash();

        type("bash -c 'echo be''gun; read line; echo got $line'\n");
        bash.awaitOutput("begun");
        type(CTRL_Z);
        bash.awaitOutput("Stopped");
        type("jobs -r; echo ru''nning: none\n");
        bash.awaitOutput("running: none");
        type("fg\n");
        type("it\n");
        bash.awaitOutput("got it");
        type(CTRL_D);
        bash.awaitEnd();
    }

    @Test
    void theProgramsInItAreToldOfAnotherSize() throws IOException {
        ObservedDyno dyno = start("trap 'stty size; exit 3' WINCH; echo waiting; while :; do sleep 0.1; done");
        dyno.awaitOutput("waiting");

        dyno.dyno().resize(new TerminalSize(55, 22));
        dyno.awaitEnd();
        assertThat(dyno.output()).contains("22 55");
        assertThat(dyno.calls()).endsWith("exit status 3");
    }

    /** A shell with job control gives each job a group of its own; all of them are reached (DYN-46). */
    @Test
    void aStopReachesTheJobsToo() throws IOException {
        ObservedDyno bash = bash();

        type("bash -c \"trap 'touch told; exit' TERM; echo be''gun; while :; do sleep 0.1; done\" &\n");
        bash.awaitOutput("begun");
        bash.dyno().terminate(StopSignal.TERM);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(directory.resolve("told")));
        bash.dyno().terminate(StopSignal.HUP);
        bash.awaitEnd();
    }

    @Test
    void nothingIsLeftAfterAKill() throws IOException {
        ObservedDyno bash = bash();

        type("sleep 1000 & trap '' HUP; echo re''ady\n");
        bash.awaitOutput("ready");
        bash.dyno().kill();
        bash.awaitEnd();
        assertThat(bash.calls()).endsWith("exit status 137");
    }
}
