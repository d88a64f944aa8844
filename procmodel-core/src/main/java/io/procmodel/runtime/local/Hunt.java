package io.procmodel.runtime.local;

import com.google.common.collect.ListMultimap;
import io.procmodel.policy.StopSignal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches the processes of a dyno that its launcher does not: those that have left its process group for one, or a session,
 * of their own. It finds them by their cookie, and where there are control groups also without. Thread-safe.
 */
final class Hunt {
    private static final Logger LOG = LoggerFactory.getLogger(Hunt.class);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_MILLIS = 5;

    /**
     * That a dyno shall get a signal.
     *
     * @param dyno the dyno
     * @param process its main process, whose group has it already
     * @param signal the signal
     */
    record Request(long dyno, DynoProcess process, StopSignal signal) {}

    private final Census census;
    private final KernelLimits limits;
    private final SignalSender signals;

    Hunt(Census census, KernelLimits limits, SignalSender signals) {
        this.census = census;
        this.limits = limits;
        this.signals = signals;
    }

    /**
     * Sends each signal to those of its dyno that are outside the dyno's group; one look at all processes serves for all. A
     * dyno whose main process has ended meanwhile is left out: its processes are being killed.
     */
    void signalOutside(Collection<Request> requests) {
        List<Request> current =
                requests.stream().filter(request -> request.process().isAlive()).toList();
        if (current.isEmpty()) {
            return;
        }
        ListMultimap<Long, Census.Member> members =
                census.members(current.stream().map(Request::dyno).collect(Collectors.toSet()));
        for (Request request : current) {
            for (Census.Member member : withUnmarked(request.dyno(), members.get(request.dyno()))) {
                if (member.stat().group() != request.process().pid()) {
                    signals.send(member.handle(), request.signal());
                }
            }
        }
    }

    /**
     * Kills every process of a dyno until a look at all processes shows none: the proof that none is left.
     *
     * @param group the dyno's own process group, which is being killed already
     * @return the processes outside that group that had to be killed
     */
    Set<Long> endAll(long dyno, long group) {
        Set<Long> found = new TreeSet<>();
        long start = System.nanoTime();
        List<Census.Member> left = members(dyno);
        while (!left.isEmpty() && System.nanoTime() - start < LIMIT_NANOS) {
            for (Census.Member member : left) {
                if (member.stat().group() != group) {
                    found.add(member.stat().pid());
                }
                member.handle().destroyForcibly();
            }
            pause();
            left = members(dyno);
        }
        if (!left.isEmpty()) {
            LOG.warn("still there after SIGKILL: {}", left);
        }
        return found;
    }

    private List<Census.Member> members(long dyno) {
        return withUnmarked(dyno, census.members(dyno));
    }

    private List<Census.Member> withUnmarked(long dyno, List<Census.Member> marked) {
        List<Census.Member> members = new ArrayList<>(marked);
        Set<Long> others = limits.members(dyno);
        members.forEach(member -> others.remove(member.stat().pid()));
        for (long pid : others) {
            ProcessHandle.of(pid)
                    .filter(handle -> limits.members(dyno).contains(pid))
                    .flatMap(handle -> new ProcFiles().stat(pid).map(stat -> new Census.Member(handle, stat)))
                    .ifPresent(members::add);
        }
        return members;
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
