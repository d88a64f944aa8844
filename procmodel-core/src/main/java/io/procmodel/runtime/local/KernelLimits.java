package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableMap;
import io.procmodel.cgroup.ControlGroup;
import io.procmodel.cgroup.ControlGroups;
import io.procmodel.cgroup.Controller;
import io.procmodel.cgroup.Limits;
import io.procmodel.formation.DynoSize;
import io.procmodel.runtime.Capability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel holds dynos to, each in a control group of its own. Where this process may make none, it holds them to
 * nothing. Thread-safe.
 */
final class KernelLimits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelLimits.class);

    /** Of the quota: where Heroku kills (R15). */
    private static final int MEMORY_FACTOR = 2;

    /** The processes that a dyno is started and watched by, which are in its group. */
    private static final int OURS = 16;

    private static final int PATIENCE_MILLIS = 500;

    private static final ImmutableMap<Controller, Capability> CAPABILITIES = ImmutableMap.of(
            Controller.MEMORY, Capability.MEMORY_LIMIT,
            Controller.PIDS, Capability.PROCESS_LIMIT,
            Controller.CPU, Capability.CPU_SHARE);

    /** Enters each group and looks whether it is in. */
    private static final String TRIAL = """
            for door in "$@"; do
              echo 0 >"$door" || exit 1
              in=
              while read -r pid; do [ "$pid" != $$ ] || in=yes; done <"$door"
              [ "$in" ] || exit 1
            done
            """;

    private final ControlGroups groups;
    private final Map<Long, ControlGroup> dynos = new ConcurrentHashMap<>();

    private KernelLimits(ControlGroups groups) {
        this.groups = groups;
    }

    /** Holds dynos to nothing. */
    static KernelLimits none() {
        return new KernelLimits(ControlGroups.none());
    }

    /** Tries what this process may do. */
    static KernelLimits open(HostTools tools, Cookie cookie) throws IOException {
        String sh = tools.find("sh").orElse("/bin/sh");
        return new KernelLimits(ControlGroups.open(cookie.groupName()).those(group -> works(sh, group)));
    }

    private static boolean works(String sh, ControlGroup group) {
        List<String> line = new ArrayList<>(List.of(sh, "-c", TRIAL, "procmodel-trial"));
        line.addAll(group.doors());
        return new Command(line, Command.USUAL_SECONDS).succeeds();
    }

    Set<Capability> capabilities() {
        return groups.controllers().stream().map(CAPABILITIES::get).collect(Collectors.toSet());
    }

    /** Where this runtime's groups are, for whoever has to sweep after it. */
    List<Path> directories() {
        return groups.directories();
    }

    /**
     * Makes the group of a dyno.
     *
     * @return what its first process has to write {@code 0} to
     */
    List<String> admit(long dyno, DynoSize size) throws IOException {
        if (groups.directories().isEmpty()) {
            return List.of();
        }
        Limits limits = new Limits(
                Math.multiplyExact(size.memory().bytes(), MEMORY_FACTOR), size.maxProcesses() + OURS, size.units());
        ControlGroup group = groups.create(Long.toString(dyno), limits);
        dynos.put(dyno, group);
        return group.doors();
    }

    /** The processes that are in its group. */
    Set<Long> members(long dyno) {
        return Optional.ofNullable(dynos.get(dyno)).map(ControlGroup::members).orElseGet(TreeSet::new);
    }

    /** How many of its processes were killed for want of memory. */
    long outOfMemoryKills(long dyno) {
        return Optional.ofNullable(dynos.get(dyno))
                .map(ControlGroup::outOfMemoryKills)
                .orElse(0L);
    }

    /** Removes the group of a dyno that has ended; a process that is just dying is waited for. */
    void dismiss(long dyno) {
        ControlGroup group = dynos.remove(dyno);
        if (group != null) {
            long start = System.nanoTime();
            while (!removed(group) && System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                Hunt.pause();
            }
        }
    }

    private boolean removed(ControlGroup group) {
        try {
            groups.remove(group);
            return true;
        } catch (IOException e) {
            LOG.debug("still in use: {}", group, e);
            return false;
        }
    }

    @Override
    public void close() {
        groups.close();
    }
}
