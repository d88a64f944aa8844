package io.procmodel.runtime.local;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.procmodel.dyno.DynoUsage;
import io.procmodel.formation.ByteSize;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Measures what dynos use, all of them with one look at the processes of the machine. Resident pages are summed each time;
 * as they count shared pages once per process, a quota is held against proportional shares (PSS), which cost ten times as
 * much to read: they are read when the plain sum comes near the quota, and else every few looks. Not thread-safe.
 */
final class Sampler {
    private static final double NEAR = 0.8;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final Cookie cookie;
    private final ProcFiles files = new ProcFiles();
    private final MachineUnits units = MachineUnits.ofThisMachine();
    private Map<Long, Sighting> sightings = new HashMap<>();
    private final Map<Long, Pace> paces = new HashMap<>();

    /**
     * What is known of a process since it was first seen.
     *
     * @param start tells it from another one of its id
     * @param dyno the dyno it is of, or {@link #NOBODY}
     * @param sure whether that is final: a process that is no dyno's may have been on its way into a program
     */
    private record Sighting(long start, long dyno, boolean sure) {
        static final long NOBODY = -1;
    }

    /**
     * How often a dyno far from its quota is measured: at first with every look, then ever more rarely, as it has settled.
     *
     * @param left looks until the next measurement
     * @param between looks between the next two
     */
    private record Pace(int left, int between) {
        /** 20 s, as often as Heroku samples. */
        private static final int MOST = 20;

        static final Pace START = new Pace(0, 1);

        Pace skip() {
            return new Pace(left - 1, between);
        }

        Pace measured() {
            return new Pace(between - 1, Math.min(2 * between, MOST));
        }
    }

    Sampler(Cookie cookie) {
        this.cookie = cookie;
    }

    /**
     * Looks at all processes.
     *
     * @param dynos those that run
     * @param living whether a dyno of that id may have processes
     * @return the ids of dynos that may not and have
     */
    Set<Long> look(Collection<LocalDyno> dynos, LongPredicate living) {
        ListMultimap<Long, ProcessStat> byDyno = sort(dynos);
        for (LocalDyno dyno : dynos) {
            List<ProcessStat> members = byDyno.removeAll(dyno.id());
            if (!members.isEmpty()) {
                measure(dyno, members);
            }
        }
        Set<Long> ghosts = new HashSet<>(byDyno.keySet());
        ghosts.removeIf(living::test);
        paces.keySet().removeIf(id -> !living.test(id));
        return ghosts;
    }

    private ListMultimap<Long, ProcessStat> sort(Collection<LocalDyno> dynos) {
        Map<Long, Long> bySession = new HashMap<>();
        dynos.forEach(dyno -> dyno.pid().ifPresent(pid -> bySession.put(pid, dyno.id())));
        ListMultimap<Long, ProcessStat> byDyno = ArrayListMultimap.create();
        Map<Long, Sighting> seen = new HashMap<>();
        for (long pid : files.pids()) {
            Optional<ProcessStat> stat = files.stat(pid);
            if (stat.isPresent()) {
                Sighting sighting = sight(stat.get(), bySession);
                seen.put(pid, sighting);
                if (sighting.dyno() != Sighting.NOBODY) {
                    byDyno.put(sighting.dyno(), stat.get());
                }
            }
        }
        sightings = seen;
        return byDyno;
    }

    private Sighting sight(ProcessStat stat, Map<Long, Long> bySession) {
        Optional<Sighting> before =
                Optional.ofNullable(sightings.get(stat.pid())).filter(sighting -> sighting.start() == stat.start());
        if (before.isPresent() && before.get().sure()) {
            return before.get();
        }
        String environment = before.isPresent() ? files.settledEnvironment(stat.pid()) : files.environment(stat.pid());
        long dyno = cookie.dyno(environment).orElse(bySession.getOrDefault(stat.session(), Sighting.NOBODY));
        return new Sighting(stat.start(), dyno, before.isPresent() || dyno != Sighting.NOBODY);
    }

    private void measure(LocalDyno dyno, List<ProcessStat> members) {
        long resident = members.stream().mapToLong(ProcessStat::residentPages).sum() * units.pageBytes();
        Pace pace = paces.getOrDefault(dyno.id(), Pace.START);
        if (pace.left() > 0 && resident < dyno.quota().bytes() * NEAR) {
            paces.put(dyno.id(), pace.skip());
        } else {
            paces.put(dyno.id(), pace.measured());
            dyno.measured(exactly(members));
        }
    }

    private DynoUsage exactly(List<ProcessStat> members) {
        MemoryShare memory = MemoryShare.NONE;
        long ticks = 0;
        for (ProcessStat member : members) {
            memory = memory.plus(MemoryShare.parse(files.read(member.pid(), "smaps_rollup"))
                    .orElseGet(() -> new MemoryShare(member.residentPages() * units.pageBytes(), 0)));
            ticks += member.cpuTicks();
        }
        return new DynoUsage(
                new ByteSize(memory.resident() + memory.swapped()),
                new ByteSize(memory.resident()),
                new ByteSize(memory.swapped()),
                members.size(),
                Duration.ofNanos(ticks * NANOS_PER_SECOND / units.ticksPerSecond()));
    }
}
