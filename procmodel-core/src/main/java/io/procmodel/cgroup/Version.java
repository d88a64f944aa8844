package io.procmodel.cgroup;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The two versions of the kernel's interface: the same limits in different files. */
enum Version {
    /** A hierarchy for each controller. */
    FIRST("tasks", "cpu.shares", 1024, 256, "memory.oom_control") {
        @Override
        void limitMemory(Path group, String bytes) throws IOException {
            write(group.resolve("memory.limit_in_bytes"), bytes);
            writeIfThere(group.resolve("memory.memsw.limit_in_bytes"), bytes);
        }
    },
    /** One hierarchy for all. It cannot limit memory and swap as one, so there is no swap. */
    SECOND("cgroup.procs", "cpu.weight", 100, 100, "memory.events") {
        @Override
        void limitMemory(Path group, String bytes) throws IOException {
            write(group.resolve("memory.max"), bytes);
            writeIfThere(group.resolve("memory.swap.max"), "0");
            writeIfThere(group.resolve("memory.oom.group"), "1");
        }
    };

    private static final String KILLS = "oom_kill ";

    private final String door;
    private final String weightFile;
    private final int usualWeight;
    private final int mostShares;
    private final String eventsFile;

    Version(String door, String weightFile, int usualWeight, int mostShares, String eventsFile) {
        this.door = door;
        this.weightFile = weightFile;
        this.usualWeight = usualWeight;
        this.mostShares = mostShares;
        this.eventsFile = eventsFile;
    }

    /**
     * The file that a process with one thread writes {@code 0} to in order to move there. To move a whole process the kernel
     * holds up every fork and exit of the machine, for milliseconds if it has not just done so; for a thread that moves itself
     * it need not, but only the first version lets a thread move alone.
     */
    Path door(Path group) {
        return group.resolve(door);
    }

    abstract void limitMemory(Path group, String bytes) throws IOException;

    /** A share is what a process outside all groups weighs. */
    void weigh(Path group, int shares) throws IOException {
        int bounded = Math.max(1, Math.min(shares, mostShares));
        write(group.resolve(weightFile), Integer.toString(bounded * usualWeight));
    }

    void limitProcesses(Path group, int processes) throws IOException {
        write(group.resolve("pids.max"), Integer.toString(processes));
    }

    /** How many processes of a group were killed for want of memory. */
    long outOfMemoryKills(Path group) throws IOException {
        for (String line : Files.readAllLines(group.resolve(eventsFile))) {
            if (line.startsWith(KILLS)) {
                return Long.parseLong(line.substring(KILLS.length()).strip());
            }
        }
        return 0;
    }

    static Iterable<String> words(Path file) throws IOException {
        return Splitter.on(' ').split(Files.readString(file).strip());
    }

    static void write(Path file, String value) throws IOException {
        Files.writeString(file, value, StandardOpenOption.WRITE);
    }

    private static void writeIfThere(Path file, String value) throws IOException {
        if (Files.exists(file)) {
            write(file, value);
        }
    }
}
