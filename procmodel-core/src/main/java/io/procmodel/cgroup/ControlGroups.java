package io.procmodel.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control groups of one runtime: one in each hierarchy that can be used, and in them one per dyno. Thread-safe. */
public final class ControlGroups implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGroups.class);
    private static final Path SELF = Path.of("/proc/self");

    private final List<Tree> trees;
    private int shares;

    private ControlGroups(List<Tree> trees) {
        this.trees = List.copyOf(trees);
    }

    /**
     * Makes the groups of a runtime where this process may; that may be nowhere.
     *
     * @param name names the runtime, like no other on this machine
     */
    public static ControlGroups open(String name) {
        return open(new CgroupMounts(SELF).hierarchies(), name);
    }

    /** No groups at all, as where none may be made. */
    public static ControlGroups none() {
        return new ControlGroups(List.of());
    }

    static ControlGroups open(List<Hierarchy> places, String name) {
        List<Tree> trees = new ArrayList<>();
        for (Hierarchy place : places) {
            if (trees.stream().noneMatch(tree -> tree.excludes(place))) {
                Tree.plant(place, name).ifPresent(trees::add);
            }
        }
        return new ControlGroups(trees);
    }

    /**
     * Keeps those hierarchies only that work, and removes this runtime's group from the others.
     *
     * @param works whether a process can be put into that group
     */
    public ControlGroups those(Predicate<ControlGroup> works) throws IOException {
        if (trees.isEmpty() || passes(works)) {
            return this;
        }
        List<Tree> working = new ArrayList<>();
        for (Tree tree : trees) {
            ControlGroups alone = new ControlGroups(List.of(tree));
            if (alone.passes(works)) {
                working.add(tree);
            } else {
                alone.close();
            }
        }
        return new ControlGroups(working);
    }

    private boolean passes(Predicate<ControlGroup> works) throws IOException {
        ControlGroup trial = create("trial", Tree.TRIAL);
        try {
            return works.test(trial);
        } finally {
            remove(trial);
        }
    }

    /** What dynos can be limited in. */
    public Set<Controller> controllers() {
        Set<Controller> controllers = EnumSet.noneOf(Controller.class);
        trees.forEach(tree -> controllers.addAll(tree.controllers()));
        return controllers;
    }

    /** The directories of this runtime, for whoever has to sweep after it. */
    public List<Path> directories() {
        return trees.stream().map(Tree::directory).toList();
    }

    /** Makes a group for a dyno. */
    public ControlGroup create(String name, Limits limits) throws IOException {
        Map<Tree, Path> made = new LinkedHashMap<>();
        try {
            for (Tree tree : trees) {
                made.put(tree, tree.make(name, limits));
            }
            weigh(limits.shares());
            return new ControlGroup(made, limits);
        } catch (IOException e) {
            for (Path group : made.values()) {
                ControlGroup.remove(group);
            }
            throw e;
        }
    }

    /**
     * Removes the group of a dyno.
     *
     * @throws IOException if there are still processes in it
     */
    public void remove(ControlGroup group) throws IOException {
        group.remove();
        weigh(-group.limits().shares());
    }

    private synchronized void weigh(int more) throws IOException {
        shares += more;
        for (Tree tree : trees) {
            tree.weigh(shares);
        }
    }

    /** The processes in the groups of a runtime that has gone. */
    public static Set<Long> members(Path directory) {
        Set<Long> members = new HashSet<>();
        try {
            Tree.groups(directory).forEach(group -> members.addAll(ControlGroup.members(group)));
        } catch (IOException e) {
            // It has gone, and everybody with it.
        }
        return members;
    }

    /**
     * Removes the groups of a runtime that has gone.
     *
     * @throws IOException if there are still processes in one
     */
    public static void remove(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            for (Path group : Tree.groups(directory)) {
                ControlGroup.remove(group);
            }
            ControlGroup.remove(directory);
        }
    }

    /** Removes all groups; their processes have ended. */
    @Override
    public void close() {
        for (Path directory : directories()) {
            try {
                remove(directory);
            } catch (IOException e) {
                LOG.warn("cannot remove the control group {}", directory, e);
            }
        }
    }
}
