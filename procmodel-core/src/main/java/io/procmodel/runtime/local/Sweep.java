package io.procmodel.runtime.local;

import io.procmodel.cgroup.ControlGroups;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what an earlier runtime left running on the same directory, because it died together with its launcher and its reaper. It knows
 * those processes by the cookie that the earlier runtime wrote down, and by the ids and start times of their session
 * leaders.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 10;

    private final RunDirectory directory;
    private final ProcFiles files = new ProcFiles();

    Sweep(RunDirectory directory) {
        this.directory = directory;
    }

    /** Kills what is found until nothing is found, for some seconds at most. */
    void run() throws IOException {
        if (!Files.isDirectory(directory.root()) || !ProcFiles.areThere()) {
            return;
        }
        Optional<Cookie> cookie = directory.readCookie();
        Optional<Census> census = cookie.map(Census::new);
        List<PidFile> leaders = leaders();
        List<Path> groups = cookie.isPresent() ? directory.readGroups(cookie.get()) : List.of();
        long start = System.nanoTime();
        Collection<ProcessHandle> left = leftOver(census, leaders, groups);
        while (!left.isEmpty() && System.nanoTime() - start < LIMIT_NANOS) {
            LOG.warn("ending {} processes of dynos that outlived their host", left.size());
            left.forEach(ProcessHandle::destroyForcibly);
            pause();
            left = leftOver(census, leaders, groups);
        }
        if (!left.isEmpty()) {
            LOG.warn("still there after SIGKILL: {}", left);
        }
        groups.forEach(Sweep::remove);
    }

    private static void remove(Path group) {
        try {
            ControlGroups.remove(group);
        } catch (IOException e) {
            LOG.warn("cannot remove the control group {}", group, e);
        }
    }

    private List<PidFile> leaders() throws IOException {
        List<PidFile> found = new ArrayList<>();
        if (Files.isDirectory(directory.pids())) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.pids())) {
                for (Path entry : entries) {
                    PidFile.read(entry).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private Collection<ProcessHandle> leftOver(Optional<Census> census, List<PidFile> leaders, List<Path> groups) {
        Set<ProcessHandle> left = new HashSet<>();
        groups.forEach(group -> left.addAll(members(group)));
        census.ifPresent(count -> count.everybody().values().forEach(member -> left.add(member.handle())));
        for (PidFile leader : leaders) {
            Optional<ProcessHandle> handle = ProcessHandle.of(leader.pid());
            if (handle.isPresent() && leader.isAlive(files)) {
                left.addAll(others(leader.pid()));
                left.add(handle.get());
            }
        }
        return left;
    }

    private static List<ProcessHandle> members(Path group) {
        return ControlGroups.members(group).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(handle -> ControlGroups.members(group).contains(handle.pid()))
                .toList();
    }

    /** The rest of a session whose leader lives: as long as it does, the session's id is nobody else's. */
    private List<ProcessHandle> others(long session) {
        return files.pids().stream()
                .filter(pid -> pid != session)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(handle -> files.stat(handle.pid())
                        .filter(stat -> stat.session() == session)
                        .isPresent())
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
