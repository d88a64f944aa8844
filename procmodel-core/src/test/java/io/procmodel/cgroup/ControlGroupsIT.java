package io.procmodel.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Groups that the kernel really holds to their limits; by name skipped where this process may make none. */
@EnabledOnOs(OS.LINUX)
class ControlGroupsIT {
    private static final Limits SMALL = new Limits(16L << 20, 5, 2);
    private static final String IN = "for door; do echo 0 >\"$door\" || exit 99; done; ";

    private final ControlGroups groups = ControlGroups.open("procmodel-" + UUID.randomUUID());

    @BeforeEach
    void able() {
        assumeTrue(
                groups.controllers().equals(EnumSet.allOf(Controller.class)),
                "control groups cannot be made here, or not for memory, processes and processor time");
    }

    @AfterEach
    void close() {
        groups.close();
        assertThat(groups.directories()).noneMatch(Files::exists);
    }

    private static Process start(ControlGroup group, String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", IN + script, "in").redirectErrorStream(true);
        builder.command().addAll(group.doors());
        return builder.start();
    }

    private static int status(Process process) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void whoAsksForMoreMemoryIsKilledAndCounted() throws Exception {
        ControlGroup group = groups.create("greedy", SMALL);

        assertThat(group.outOfMemoryKills()).isZero();
        assertThat(status(start(group, "exec tail /dev/zero"))).isEqualTo(137);
        assertThat(group.outOfMemoryKills()).isPositive();
        groups.remove(group);
    }

    @Test
    void whoAsksForMoreProcessesIsRefused() throws Exception {
        ControlGroup group = groups.create("many", SMALL);

        Process shell = start(group, "n=1; while :; do sleep 1000 & n=$((n + 1)); echo $n; done");
        String said = new String(shell.getInputStream().readNBytes(8), StandardCharsets.US_ASCII);
        kill(group);

        assertThat(said).isEqualTo("2\n3\n4\n5\n");
        assertThat(status(shell)).isNotZero();
        groups.remove(group);
    }

    /** A shell that was refused a process ends by itself, its children do not. */
    private static void kill(ControlGroup group) throws InterruptedException {
        while (!group.members().isEmpty()) {
            for (long pid : group.members()) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void aGroupIsWeighedByItsShares() throws IOException {
        ControlGroup one = groups.create("one", new Limits(1L << 30, 64, 1));
        ControlGroup four = groups.create("four", new Limits(1L << 30, 64, 4));

        Path all = weighed(one).getParent();
        long share = weight(weighed(one));

        assertThat(weight(weighed(four))).isEqualTo(4 * share);
        assertThat(weight(all)).isEqualTo(5 * share);
        groups.remove(four);
        assertThat(weight(all)).isEqualTo(share);
        groups.remove(one);
    }

    /** What the kernel was told: in a file of another name in each version. */
    private static long weight(Path group) throws IOException {
        Path first = group.resolve("cpu.shares");
        return Long.parseLong(Files.readString(Files.exists(first) ? first : group.resolve("cpu.weight"))
                .strip());
    }

    private static Path weighed(ControlGroup group) {
        return group.doors().stream()
                .map(door -> Path.of(door).getParent())
                .filter(directory ->
                        Files.exists(directory.resolve("cpu.shares")) || Files.exists(directory.resolve("cpu.weight")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupWithProcessesIsNotRemoved() throws Exception {
        ControlGroup group = groups.create("busy", SMALL);
        Process sleeper = start(group, "echo in; exec sleep 1000");
        assertThat(sleeper.getInputStream().read()).isEqualTo('i');

        assertThatThrownBy(() -> groups.remove(group)).isInstanceOf(IOException.class);

        sleeper.destroyForcibly().waitFor();
        groups.remove(group);
        assertThat(group.members()).isEmpty();
    }

    @Test
    void whereNothingCanBePutInNothingIsLeft() throws IOException {
        ControlGroups none = groups.those(group -> false);

        assertThat(none.controllers()).isEmpty();
        assertThat(none.create("dyno", SMALL).doors()).isEmpty();
        assertThat(groups.directories()).noneMatch(Files::exists);
    }
}
