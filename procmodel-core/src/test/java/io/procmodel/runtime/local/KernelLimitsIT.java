package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.cgroup.ControlGroup;
import io.procmodel.cgroup.ControlGroups;
import io.procmodel.cgroup.Limits;
import io.procmodel.dyno.DynoName;
import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.name.AppName;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.MissingCapabilityException;
import io.procmodel.runtime.ObservedDyno;
import io.procmodel.slug.FileSlugStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel holds dynos to; by name skipped where this process may make no control groups. */
@EnabledOnOs(OS.LINUX)
class KernelLimitsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DynoSize SIZE = DynoSize.custom("small", ByteSize.ofMebibytes(24), 40);
    private static final ByteSize KILLED_AT = new ByteSize(2 * SIZE.memory().bytes());

    @TempDir
    Path directory;

    private LocalRuntime runtime;
    private List<Path> groups;

    @BeforeEach
    void open() throws IOException {
        runtime = builder("run").open();
        assumeTrue(
                runtime.capabilities()
                        .containsAll(Set.of(Capability.MEMORY_LIMIT, Capability.PROCESS_LIMIT, Capability.CPU_SHARE)),
                "control groups cannot be made here, or not for memory, processes and processor time");
        groups = groupsOf("run");
        assertThat(groups).isNotEmpty();
    }

    /** No group is left, however a test ends. */
    @AfterEach
    void close() {
        runtime.close();
        if (groups != null) {
            assertThat(groups).noneMatch(Files::exists);
        }
    }

    private LocalRuntimeBuilder builder(String run) {
        return LocalRuntime.builder(directory.resolve(run), FileSlugStore.at(directory.resolve("slugs")))
                .isolation(Isolation.NONE);
    }

    private List<Path> groupsOf(String run) throws IOException {
        RunDirectory layout = new RunDirectory(directory.resolve(run));
        return layout.readGroups(layout.readCookie().orElseThrow());
    }

    private ObservedDyno start(String command) {
        ObservedDyno observed = new ObservedDyno();
        runtime.start(
                DynoSpec.of(AppName.of("shop"), DynoName.parse("worker.1"), new DynoFiles.InPlace(directory), command)
                        .size(SIZE)
                        .output(observed),
                observed);
        return observed;
    }

    /** R15: the use that the kernel did not allow is told before the end. */
    @Test
    void whoAsksForTwiceItsMemoryIsKilledAndThatIsTold() {
        ObservedDyno observed = start("exec tail /dev/zero");

        observed.awaitEnd();

        assertThat(observed.calls()).containsExactly("started", "exit status 137");
        assertThat(mostUsed(observed)).isGreaterThan(KILLED_AT.bytes());
    }

    /** R15 as well when the kernel's choice fell on a child: supervision then ends the rest. */
    @Test
    void aChildThatWasKilledForItsMemoryIsTold() {
        ObservedDyno observed = start("tail /dev/zero; echo survived; exec sleep 1000");

        observed.awaitOutput("survived");

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mostUsed(observed)).isGreaterThan(KILLED_AT.bytes()));
        observed.dyno().kill();
        observed.awaitEnd();
    }

    /** A measurement of what is left may follow at once. */
    private static long mostUsed(ObservedDyno observed) {
        return observed.usages().stream()
                .mapToLong(usage -> usage.memory().bytes())
                .max()
                .orElse(0);
    }

    /** DYN-52, for root too; a shell of ours is started by fork as well, so the last figure is not the limit itself. */
    @Test
    void aDynoHasAsManyProcessesAsItsSizeAllows() {
        ObservedDyno observed = start("exec sh -c 'n=0; while :; do sleep 1000 & n=$((n + 1)); echo $n; done'");

        observed.awaitEnd();
        Awaitility.await().atMost(PATIENCE).until(observed::isClosed);

        assertThat(observed.output()).containsIgnoringCase("fork");
        assertThat(observed.output().lines().filter(line -> line.matches("\\d+")))
                .hasSizeBetween(SIZE.maxProcesses() - 1, SIZE.maxProcesses() + 20);
    }

    /** Without a sandbox nothing else finds this one: another session, and no cookie. */
    @Test
    void aDaemonWithoutSessionAndCookieEndsWithItsDyno() throws IOException {
        ObservedDyno observed = start("setsid env -i /bin/sh -c 'echo $$ > pid; exec sleep 1000' &"
                + " until [ -s pid ]; do sleep 0.01; done; exit 3");

        observed.awaitEnd();

        long daemon = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        assertThat(observed.leaked()).containsExactly(daemon);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        ProcessHandle.of(daemon).filter(ProcessHandle::isAlive).isEmpty());
        awaitNoGroupsIn(groups);
    }

    private static void awaitNoGroupsIn(List<Path> parents) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(parents)
                        .allSatisfy(parent -> assertThat(parent).isDirectoryNotContaining(Files::isDirectory)));
    }

    /** As after a crash that took the reaper too: a process without a cookie runs on in the group of a dyno. */
    @Test
    void theNextOpenEndsWhoIsInAGroupAndRemovesIt() throws Exception {
        RunDirectory layout = new RunDirectory(directory.resolve("left"));
        Cookie cookie = Cookie.bake();
        layout.prepare(cookie);
        ControlGroups left = ControlGroups.open(cookie.groupName());
        layout.writeGroups(left.directories());
        ControlGroup group = left.create("1", new Limits(1L << 30, 64, 1));
        Process outside = new ProcessBuilder("sleep", "1000").start();
        Process inside = inside(group);
        try {
            builder("left").open().close();

            assertThat(inside.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(outside.isAlive()).isTrue();
            assertThat(left.directories()).isNotEmpty().noneMatch(Files::exists);
        } finally {
            outside.destroyForcibly().waitFor();
            inside.destroyForcibly().waitFor();
        }
    }

    private static Process inside(ControlGroup group) throws IOException {
        List<String> doors = group.doors();
        String enter = "for door; do echo 0 >\"$door\"; done; exec sleep 1000";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", enter, "in");
        builder.command().addAll(doors);
        Process process = builder.start();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(group.members()).containsExactly(process.pid()));
        return process;
    }

    @Test
    void whoDoesNotWantThemHasNoneAndMissesThem() throws IOException {
        try (LocalRuntime free = builder("free").hardLimits(false).open()) {
            assertThat(free.capabilities())
                    .doesNotContain(Capability.MEMORY_LIMIT, Capability.PROCESS_LIMIT, Capability.CPU_SHARE);
            assertThat(groupsOf("free")).isEmpty();
        }
        assertThatThrownBy(() -> builder("free")
                        .hardLimits(false)
                        .require(Set.of(Capability.MEMORY_LIMIT))
                        .open())
                .isInstanceOfSatisfying(
                        MissingCapabilityException.class,
                        missing -> assertThat(missing.capability()).isEqualTo(Capability.MEMORY_LIMIT));
    }
}
