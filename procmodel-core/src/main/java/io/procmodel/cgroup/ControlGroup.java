package io.procmodel.cgroup;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The group of one dyno: a directory in each hierarchy. Immutable; a group that was removed reads as empty. */
public final class ControlGroup {
    private static final String PROCESSES = "cgroup.procs";

    private final ImmutableMap<Tree, Path> directories;
    private final Limits limits;

    ControlGroup(Map<Tree, Path> directories, Limits limits) {
        this.directories = ImmutableMap.copyOf(directories);
        this.limits = limits;
    }

    /** What it may use. */
    public Limits limits() {
        return limits;
    }

    /**
     * The files that a process with one thread writes {@code 0} to in order to be in the group, with all that it starts from
     * then on.
     */
    public List<String> doors() {
        return directories.entrySet().stream()
                .map(entry -> entry.getKey().version().door(entry.getValue()).toString())
                .toList();
    }

    /** The ids of the processes that are in it. */
    public Set<Long> members() {
        Set<Long> members = new TreeSet<>();
        directories.values().forEach(directory -> members.addAll(members(directory)));
        return members;
    }

    static Set<Long> members(Path directory) {
        Set<Long> members = new TreeSet<>();
        try {
            Files.readAllLines(directory.resolve(PROCESSES)).forEach(line -> members.add(Long.parseLong(line)));
        } catch (IOException e) {
            // It has gone, and everybody with it.
        }
        return members;
    }

    /** How many of its processes the kernel has killed because the group had asked for more memory than it may use. */
    public long outOfMemoryKills() {
        long kills = 0;
        for (Map.Entry<Tree, Path> entry : directories.entrySet()) {
            if (entry.getKey().controllers().contains(Controller.MEMORY)) {
                kills += kills(entry.getKey().version(), entry.getValue());
            }
        }
        return kills;
    }

    private static long kills(Version version, Path directory) {
        try {
            return version.outOfMemoryKills(directory);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Removes it.
     *
     * @throws IOException if there are still processes in it
     */
    void remove() throws IOException {
        for (Path directory : directories.values()) {
            remove(directory);
        }
    }

    static void remove(Path directory) throws IOException {
        try {
            Files.delete(directory);
        } catch (NoSuchFileException e) {
            // Somebody has swept.
        }
    }
}
