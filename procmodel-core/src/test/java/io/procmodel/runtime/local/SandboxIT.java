package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import io.procmodel.policy.StopSignal;
import io.procmodel.procfile.ProcessType;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.MissingCapabilityException;
import io.procmodel.runtime.ObservedDyno;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugPacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a dyno sees, and what it cannot do, in a sandbox; by name skipped where the machine offers none. */
@EnabledOnOs(OS.LINUX)
class SandboxIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AppName SHOP = AppName.of("shop");
    private static final int MANY = 80;

    @TempDir
    Path directory;

    private FileSlugStore slugs;
    private LocalRuntime runtime;

    @BeforeEach
    void open() {
        slugs = FileSlugStore.at(directory.resolve("slugs"));
        runtime = builder().open();
        assumeTrue(
                runtime.capabilities().contains(Capability.SANDBOX),
                "no bubblewrap here, nor tini, or no user namespaces for it");
    }

    private LocalRuntimeBuilder builder() {
        return LocalRuntime.builder(directory.resolve("run"), slugs).tools(tools());
    }

    /** At how many moments of the box's making a signal comes. */
    int moments() {
        return 12;
    }

    /** Milliseconds from one of them to the next. */
    long pause() {
        return 1;
    }

    /** What builds the sandbox. */
    HostTools tools() {
        return new HostTools(System.getenv());
    }

    @AfterEach
    void close() throws IOException {
        runtime.close();
        assertThat(directory.resolve("run")).doesNotExist();
    }

    private SlugDigest slug(int files) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree-" + files));
        for (int i = 0; i < files; i++) {
            Files.writeString(tree.resolve("file-" + i), "original");
        }
        return SlugPacker.into(slugs)
                .pack(tree, List.of(new ProcessType("worker", "true")))
                .digest();
    }

    private ObservedDyno start(int files, String command) throws IOException {
        return start(files, command, Map.of());
    }

    private ObservedDyno start(int files, String command, Map<String, String> environment) throws IOException {
        ObservedDyno observed = new ObservedDyno();
        DynoSpec spec = DynoSpec.of(SHOP, DynoName.parse("worker.1"), new DynoFiles.FreshCopy(slug(files)), command);
        runtime.start(spec.environment(environment).output(observed), observed);
        return observed;
    }

    private String run(int files, String command) throws IOException {
        ObservedDyno observed = start(files, command);
        observed.awaitEnd();
        Awaitility.await().atMost(PATIENCE).until(observed::isClosed);
        return observed.output();
    }

    @Test
    void itsFilesAreAtAppAndItsTmpIsItsOwn() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "secret");

        assertThat(run(1, "pwd; echo $HOME; ls; ls /tmp; cat " + outside + "; touch /tmp/x /app/y && echo written"))
                .startsWith("/app\n/app\nfile-0\n")
                .contains("No such file or directory")
                .endsWith("written\n")
                .doesNotContain("secret");
        assertThat(directory.resolve("x")).doesNotExist();
    }

    /** DYN-45: one whose parent has gone leaves nothing behind when it ends. */
    @Test
    void orphansAreReaped() throws IOException {
        assertThat(run(1, """
                (sh -c 'echo $$ >/tmp/new; mv /tmp/new /tmp/orphan' &)
                until [ -e /tmp/orphan ]; do sleep 0.02; done
                orphan=$(cat /tmp/orphan); tries=0
                while [ -e "/proc/$orphan" ] && [ $tries -lt 1500 ]; do sleep 0.02; tries=$((tries + 1)); done
                if [ -e "/proc/$orphan" ]; then echo still there; else echo reaped; fi
                """)).isEqualTo("reaped\n");
    }

    @Test
    void theHostsFilesCannotBeWritten() throws IOException {
        assertThat(run(1, "for d in /usr /etc /var /; do touch $d/procmodel-was-here && echo $d written; done"))
                .doesNotContain("written")
                .contains("Read-only file system");
        assertThat(Path.of("/etc/procmodel-was-here")).doesNotExist();
    }

    @Test
    void otherProcessesCannotBeSeenAndItIsTheSameUser() throws IOException {
        String user = HostUser.ofThisProcess().orElseThrow().uid();

        String output = run(1, "id -u; ls /proc | grep -c '^[0-9]*$'");

        assertThat(output.lines().findFirst()).hasValue(user);
        assertThat(Integer.parseInt(output.lines().skip(1).findFirst().orElseThrow()))
                .isLessThan(8);
    }

    /** What mounts the files and builds the box is the host's, not what the dyno's path finds first. */
    @Test
    void thePathOfADynoIsItsOwnBusiness() throws IOException {
        ObservedDyno observed = start(MANY, "read -r text < file-7; echo \"$PATH $text\"", Map.of("PATH", "/nowhere"));
        observed.awaitEnd();
        observed.awaitOutput("/nowhere original\n");
    }

    /** The cache is the lower layer of all these dynos, and none sees another's changes. */
    @Test
    void aLargeSlugIsMountedCopyOnWrite() throws IOException {
        assertThat(runtime.capabilities()).contains(Capability.OVERLAY_FILES);
        for (int round = 0; round < 2; round++) {
            assertThat(run(MANY, "ls | wc -l; cat file-7; echo changed > file-7; rm file-8; cat file-7; ls | wc -l"))
                    .isEqualTo(MANY + "\noriginalchanged\n" + (MANY - 1) + "\n");
        }
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            try (Stream<Path> left = Files.list(directory.resolve("run/dynos"))) {
                assertThat(left).isEmpty();
            }
        });
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
    }

    /** DYN-46: the dyno is asked, not its box. */
    @Test
    void theStopSignalReachesTheDynoAndItsOwnExitStatusComesOut() throws IOException {
        for (int files : new int[] {1, MANY}) {
            ObservedDyno observed =
                    start(files, "trap 'echo asked; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
            observed.awaitOutput("ready");

            observed.dyno().terminate(StopSignal.TERM);

            observed.awaitEnd();
            assertThat(observed.output()).contains("asked");
            assertThat(observed.calls()).last().isEqualTo("exit status 7");
        }
    }

    /** However far the box has been set up when the signal comes. */
    @Test
    void aSignalWhileTheBoxIsBeingSetUpIsNotLost() throws Exception {
        for (int round = 0; round < moments(); round++) {
            ObservedDyno observed = start(round % 2 == 0 ? 1 : MANY, "exec sleep 1000");
            Thread.sleep(round * pause());

            observed.dyno().terminate(StopSignal.TERM);

            observed.awaitEnd();
            assertThat(observed.calls()).last().isEqualTo("exit status 143");
        }
    }

    /** The one that nothing else can find: another session, and no cookie. */
    @Test
    void aDaemonWithoutSessionAndCookieEndsWithTheBox() throws IOException {
        ObservedDyno observed = start(
                1,
                "setsid env -i /bin/sh -c 'while :; do echo beat; : >beaten; sleep 0.05; done' &"
                        + " until [ -e beaten ]; do sleep 0.02; done; exit 3");
        observed.awaitOutput("beat");

        observed.awaitEnd();
        Awaitility.await().atMost(PATIENCE).until(observed::isClosed);
        String said = observed.output();
        assertThat(observed.calls()).last().isEqualTo("exit status 3");
        assertThat(runtime.capabilities()).contains(Capability.COMPLETE_OUTPUT);
        assertThat(observed.output()).isEqualTo(said);
    }

    @Test
    void killEndsTheBoxAtOnce() throws IOException {
        ObservedDyno observed = start(1, "trap '' TERM; echo ready; while :; do sleep 0.05; done");
        observed.awaitOutput("ready");

        observed.dyno().kill();

        observed.awaitEnd();
        assertThat(observed.calls()).last().isEqualTo("exit status 137");
    }

    @Test
    void aDirectoryCanBeHidden() throws IOException {
        Path secret = Files.createDirectories(Path.of("/var/tmp/procmodel-test-" + directory.getFileName()));
        try {
            Files.writeString(secret.resolve("key"), "secret");
            runtime.close();
            runtime = builder().isolation(Isolation.SANDBOX).hide(secret).open();

            assertThat(run(1, "ls -A " + secret + "; cat " + secret + "/key")).doesNotContain("secret\n");
        } finally {
            Files.deleteIfExists(secret.resolve("key"));
            Files.delete(secret);
        }
    }

    @Test
    void withoutBubblewrapASandboxIsATypedErrorAndTheDefaultIsNone() {
        Map<String, String> nowhere = Map.of("PATH", "/nowhere");
        LocalRuntimeBuilder poor = LocalRuntime.builder(directory.resolve("poor"), slugs)
                .tools(new HostTools(nowhere, List.of(directory.toString())));

        assertThatThrownBy(() -> poor.isolation(Isolation.SANDBOX).open())
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessageStartingWith("capability: SANDBOX (expected: one of those of this machine, [");
        assertThat(directory.resolve("poor")).doesNotExist();
        assertThatThrownBy(() -> LocalRuntime.builder(directory.resolve("poor"), slugs)
                        .isolation(Isolation.NONE)
                        .require(Set.of(Capability.SANDBOX))
                        .open())
                .isInstanceOfSatisfying(
                        MissingCapabilityException.class,
                        missing -> assertThat(missing.capability()).isEqualTo(Capability.SANDBOX));
        assertThat(directory.resolve("poor")).doesNotExist();
    }
}
