package io.procmodel.runtime.local;

import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a dyno is put in: where it sees its files, and how its command line gets it there. Immutable. */
interface Box {
    /** What dynos in such a box can rely on. */
    Set<Capability> capabilities();

    /** The mount that the command line relies on; empty if the dyno's files are there without. */
    default Optional<Mount> mount(DynoHome home) {
        return Optional.empty();
    }

    /**
     * The argument vector that runs a program in the box, once the mount is there.
     *
     * @param home the dyno's files
     * @param program the program and its arguments
     * @param maxProcesses how many processes the dyno may have, where the box can hold it to that
     */
    List<String> commandLine(DynoHome home, List<String> program, int maxProcesses);

    /** Whether the outermost program of the command line is the wall of a sandbox, which has to be deaf to stop signals. */
    default boolean isWall() {
        return false;
    }

    /** Where the outermost program of the command line starts. */
    Path startDirectory(DynoHome home);

    /** Where the dyno sees its files: its working directory and {@code HOME}. */
    String appPath(DynoHome home);

    /** Its {@code TMPDIR}; empty where {@code /tmp} is its own. */
    Optional<String> temporaryPath(DynoHome home);

    /** Leaves word that the dyno shall end, where the box may still be set up and not hear the signal. */
    default void announce(DynoHome home, StopSignal signal) {}
}
