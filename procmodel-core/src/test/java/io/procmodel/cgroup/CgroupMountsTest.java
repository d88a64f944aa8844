package io.procmodel.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where control groups may be, from what kernels of several set-ups tell. */
@DisabledOnOs(OS.WINDOWS)
class CgroupMountsTest {
    private static final String ROOT_MOUNT = "22 1 259:1 / / rw,relatime shared:1 - ext4 /dev/root rw\n";

    @TempDir
    Path self;

    private CgroupMounts told(String groups, String mounts) throws IOException {
        Files.writeString(self.resolve("cgroup"), groups);
        Files.writeString(self.resolve("mountinfo"), ROOT_MOUNT + mounts);
        return new CgroupMounts(self);
    }

    private static Hierarchy first(String directory, Controller... controllers) {
        return new Hierarchy(Path.of(directory), Version.FIRST, Set.of(controllers));
    }

    private static Hierarchy second(String directory) {
        return new Hierarchy(Path.of(directory), Version.SECOND, EnumSet.allOf(Controller.class));
    }

    /** The group of a service cannot be used, as the service is in it, but perhaps those around it. */
    @Test
    void theSecondVersionAsSystemdMountsIt() throws IOException {
        assertThat(told(
                                "0::/system.slice/host.service/main\n",
                                "30 22 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n")
                        .hierarchies())
                .containsExactly(
                        second("/sys/fs/cgroup/system.slice/host.service/main"),
                        second("/sys/fs/cgroup/system.slice/host.service"),
                        second("/sys/fs/cgroup/system.slice"),
                        second("/sys/fs/cgroup"));
    }

    @Test
    void theFirstVersionBesideAnEmptySecond() throws IOException {
        assertThat(told("""
                                5:name=systemd:/user.slice
                                4:memory:/user.slice/one
                                3:cpu,cpuacct:/
                                2:freezer:/
                                0::/
                                """, """
                                34 30 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                                31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
                                32 30 0:29 / /sys/fs/cgroup/freezer rw - cgroup cgroup rw,freezer
                                40 30 0:37 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
                                """).hierarchies())
                .containsExactly(
                        first("/sys/fs/cgroup/memory/user.slice/one", Controller.MEMORY),
                        first("/sys/fs/cgroup/cpu,cpuacct", Controller.CPU),
                        second("/sys/fs/cgroup/unified"));
    }

    /** A container without a namespace for groups sees its own at the mount point; with one, only itself. */
    @Test
    void aContainerSeesItsPartOnly() throws IOException {
        assertThat(told(
                                "4:pids:/docker/4f2a\n",
                                "34 30 0:31 /docker/4f2a /sys/fs/cgroup/pids ro - cgroup cgroup rw,pids\n")
                        .hierarchies())
                .containsExactly(first("/sys/fs/cgroup/pids", Controller.PIDS));
        assertThat(told("0::/\n", "30 22 0:26 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n")
                        .hierarchies())
                .containsExactly(second("/sys/fs/cgroup"));
    }

    /** Then its group's name points out of what it sees. */
    @Test
    void aGroupOutsideOfWhatIsMountedIsLookedForAtTheMountPoint() throws IOException {
        assertThat(told("4:pids:/elsewhere\n", "34 30 0:31 /docker/4f2a /pids rw - cgroup cgroup rw,pids\n")
                        .hierarchies())
                .containsExactly(first("/pids", Controller.PIDS));
    }

    @Test
    void withoutControlGroupsThereAreNone() throws IOException {
        assertThat(told("", "").hierarchies()).isEmpty();
        assertThat(new CgroupMounts(self.resolve("nothing")).hierarchies()).isEmpty();
    }
}
