package io.procmodel.router.table;

import io.procmodel.router.limit.Counts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests of one app that wait for a dyno, first come first served, so many and no more. Thread-safe. */
final class WaitingRoom {
    private final Counts counts;
    private final AtomicInteger all;
    private final Set<Waiting> requests = new LinkedHashSet<>();
    private volatile int size;

    WaitingRoom(Counts counts, AtomicInteger all) {
        this.counts = counts;
        this.all = all;
    }

    int size() {
        return size;
    }

    /** One that has waited before is let in even if the room has filled up meanwhile. */
    synchronized boolean add(Waiting request, boolean again) {
        if (!again && (requests.size() >= counts.waitingPerApp() || all.get() >= counts.waiting())) {
            return false;
        }
        if (requests.add(request)) {
            all.incrementAndGet();
            size = requests.size();
        }
        return true;
    }

    synchronized void remove(Waiting request) {
        if (requests.remove(request)) {
            all.decrementAndGet();
            size = requests.size();
        }
    }

    void release(int number) {
        if (size > 0) {
            take(number).forEach(Waiting::lookAgain);
        }
    }

    void giveUp(String reason) {
        take(Integer.MAX_VALUE).forEach(request -> request.giveUp(reason));
    }

    private synchronized List<Waiting> take(int number) {
        List<Waiting> first = new ArrayList<>();
        for (Waiting request : requests) {
            if (first.size() == number) {
                break;
            }
            first.add(request);
        }
        first.forEach(this::remove);
        return first;
    }
}
