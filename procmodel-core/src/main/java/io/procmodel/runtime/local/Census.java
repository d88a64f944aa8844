package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the processes of this runtime's dynos by their cookies. A count looks at every process of the machine, so those who
 * ask at the same time share one. Thread-safe.
 */
final class Census {
    private final Cookie cookie;
    private final ReentrantLock counting = new ReentrantLock();
    private final ProcFiles files = new ProcFiles();
    private CompletableFuture<ListMultimap<Long, Member>> next = new CompletableFuture<>();

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
        return count().get(dyno);
    }

    /** The processes of all dynos that are there at some moment after this call, by dyno. */
    ListMultimap<Long, Member> everybody() {
        return count();
    }

    /** Whoever gets the lock counts for all who came before it: their moment is still to come when the count starts. */
    private ListMultimap<Long, Member> count() {
        CompletableFuture<ListMultimap<Long, Member>> mine = upcoming();
        counting.lock();
        try {
            if (!mine.isDone()) {
                startAnother();
                mine.complete(look());
            }
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        } finally {
            counting.unlock();
        }
        return mine.join();
    }

    private synchronized CompletableFuture<ListMultimap<Long, Member>> upcoming() {
        return next;
    }

    private synchronized void startAnother() {
        next = new CompletableFuture<>();
    }

    private ListMultimap<Long, Member> look() {
        ImmutableListMultimap.Builder<Long, Member> found = ImmutableListMultimap.builder();
        for (long pid : files.pids()) {
            dynoOf(pid).ifPresent(dyno -> member(pid, dyno).ifPresent(member -> found.put(dyno, member)));
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
