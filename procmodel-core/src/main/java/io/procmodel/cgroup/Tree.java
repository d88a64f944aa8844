package io.procmodel.cgroup;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The group of one runtime in one hierarchy. The groups of its dynos are made in it.
 *
 * @param directory its directory
 * @param version of the interface
 * @param controllers what can be limited in it
 */
record Tree(Path directory, Version version, Set<Controller> controllers) {
    static final Limits TRIAL = new Limits(1L << 30, 64, 1);
    private static final String HANDED_ON = "cgroup.subtree_control";

    /** Makes it and tries it; empty, with nothing left, where that is not allowed or nothing can be limited. */
    static Optional<Tree> plant(Hierarchy place, String name) {
        Path directory = place.directory().resolve(name);
        boolean second = place.version() == Version.SECOND;
        try {
            if (second
                    && (isTaken(place.directory()) || handOn(place.directory()).isEmpty())) {
                return Optional.empty();
            }
            Files.createDirectory(directory);
            Set<Controller> offered = second ? handOn(directory) : place.controllers();
            Tree tree = new Tree(directory, place.version(), offered);
            Set<Controller> able = tree.tried();
            if (!able.isEmpty()) {
                return Optional.of(new Tree(directory, place.version(), able));
            }
            Files.delete(directory);
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether a group has processes of its own: only the root of all may have that and limited groups as well. */
    private static boolean isTaken(Path group) {
        return Files.exists(group.resolve("cgroup.type"))
                && !ControlGroup.members(group).isEmpty();
    }

    /** In the second version a group says what the groups in it can be limited in. */
    private static Set<Controller> handOn(Path group) throws IOException {
        for (Controller controller : Controller.among(Version.words(group.resolve("cgroup.controllers")))) {
            try {
                Version.write(group.resolve(HANDED_ON), '+' + controller.kernelName());
            } catch (IOException e) {
                // It is not ours to change: what is handed on already remains.
            }
        }
        return Controller.among(Version.words(group.resolve(HANDED_ON)));
    }

    private Set<Controller> tried() throws IOException {
        Set<Controller> able = EnumSet.noneOf(Controller.class);
        Path trial = Files.createDirectory(directory.resolve("trial"));
        for (Controller controller : controllers) {
            try {
                limit(trial, controller, TRIAL);
                able.add(controller);
            } catch (IOException e) {
                // Then this is not offered.
            }
        }
        Files.delete(trial);
        return able;
    }

    /** Whether nothing is to be had from that place any more: a process is in one group of a hierarchy only. */
    boolean excludes(Hierarchy place) {
        return place.version() == version
                && (version == Version.SECOND || !Collections.disjoint(controllers, place.controllers()));
    }

    /** Makes the group of a dyno. */
    Path make(String name, Limits limits) throws IOException {
        Path group = Files.createDirectory(directory.resolve(name));
        try {
            for (Controller controller : controllers) {
                limit(group, controller, limits);
            }
            return group;
        } catch (IOException e) {
            Files.delete(group);
            throw e;
        }
    }

    private void limit(Path group, Controller controller, Limits limits) throws IOException {
        switch (controller) {
            case MEMORY -> version.limitMemory(group, Long.toString(limits.memoryBytes()));
            case PIDS -> version.limitProcesses(group, limits.processes());
            case CPU -> version.weigh(group, limits.shares());
        }
    }

    /** Has all dynos together weigh what they would weigh side by side. */
    void weigh(int shares) throws IOException {
        if (controllers.contains(Controller.CPU)) {
            version.weigh(directory, shares);
        }
    }

    /** The groups that were made in a directory. */
    static List<Path> groups(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
            return ImmutableList.copyOf(entries);
        }
    }
}
