package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the processes of this runtime's dynos by their cookies. A count looks at every process of the machine, so those who
 * ask at the same time share one. Thread-safe.
 */
final class Census {
    /** So long nobody waits for the next count because of the last one, however long that took. */
    private static final long MOST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Cookie cookie;
    private final ReentrantLock counting = new ReentrantLock();
    private final ProcFiles files = new ProcFiles();
    private Count next = new Count();
    private long nextStart = System.nanoTime();

    /** A count for those who have asked before it starts. */
    private static final class Count {
        private final Set<Long> dynos = new HashSet<>();
        private final CompletableFuture<ListMultimap<Long, Member>> result = new CompletableFuture<>();
        private boolean everybody;

        boolean includes(long dyno) {
            return everybody || dynos.contains(dyno);
        }
    }

    /**
     * A process of a dyno.
     *
     * @param handle knows when the process started, so that it never signals another one of the same id
     * @param stat what it was like when it was found
     */
    record Member(ProcessHandle handle, ProcessStat stat) {}

    Census(Cookie cookie) {
        this.cookie = cookie;
    }

    /** The processes of a dyno that are there at some moment after this call. */
    List<Member> members(long dyno) {
        return members(Set.of(dyno)).get(dyno);
    }

    /** The processes of these dynos that are there at some moment after this call, by dyno. */
    ListMultimap<Long, Member> members(Set<Long> dynos) {
        return count(dynos, false);
    }

    /** The processes of all dynos that are there at some moment after this call, by dyno. */
    ListMultimap<Long, Member> everybody() {
        return count(Set.of(), true);
    }

    /** Whoever gets the lock counts for all who came before it: their moment is still to come when the count starts. */
    private ListMultimap<Long, Member> count(Set<Long> dynos, boolean everybody) {
        Count mine = upcoming(dynos, everybody);
        counting.lock();
        try {
            if (!mine.result.isDone()) {
                rest();
                startAnother();
                mine.result.complete(timed(mine));
            }
        } catch (RuntimeException | Error e) {
            mine.result.completeExceptionally(e);
        } finally {
            counting.unlock();
        }
        return mine.result.join();
    }

    private synchronized Count upcoming(Set<Long> dynos, boolean everybody) {
        next.dynos.addAll(dynos);
        next.everybody |= everybody;
        return next;
    }

    private synchronized void startAnother() {
        next = new Count();
    }

    /** After a count there is none for as long as it took: when many dynos end, most of them share what follows. */
    private void rest() {
        try {
            TimeUnit.NANOSECONDS.sleep(nextStart - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ListMultimap<Long, Member> timed(Count count) {
        long start = System.nanoTime();
        try {
            return look(count);
        } finally {
            long end = System.nanoTime();
            nextStart = end + Math.min(end - start, MOST_REST_NANOS);
        }
    }

    private ListMultimap<Long, Member> look(Count count) {
        ImmutableListMultimap.Builder<Long, Member> found = ImmutableListMultimap.builder();
        for (long pid : files.pids()) {
            OptionalLong dyno = dynoOf(pid);
            if (dyno.isPresent() && count.includes(dyno.getAsLong())) {
                member(pid, dyno.getAsLong()).ifPresent(member -> found.put(dyno.getAsLong(), member));
            }
        }
        return found.build();
    }

    private OptionalLong dynoOf(long pid) {
        return cookie.dyno(files.settledEnvironment(pid));
    }

    /** The handle comes first and the cookie is looked at again: so the handle is that of the process with the cookie. */
    private Optional<Member> member(long pid, long dyno) {
        return ProcessHandle.of(pid)
                .filter(handle -> dynoOf(pid).equals(OptionalLong.of(dyno)))
                .flatMap(handle -> files.stat(pid).map(stat -> new Member(handle, stat)));
    }
}
