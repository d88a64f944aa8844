package io.procmodel.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Lease} does, whatever keeps it. */
public abstract class LeaseContract {
    private static final int CONTENDERS = 8;

    /** A lease of the running test's store; two of one name are views of the same right. */
    protected abstract Lease lease(String name);

    /** Makes a holder who has not renewed look silent for longer than the time to live; only called if there is one. */
    protected abstract void passTimeToLive();

    @Test
    void theFirstToAskHasItAndNobodyElse() {
        assertThat(lease("clock").tryAcquire()).isPresent();

        assertThat(lease("clock").tryAcquire()).isEmpty();
        assertThat(lease("other").tryAcquire()).isPresent();
    }

    @Test
    void aGivenBackLeaseIsFreeAtOnceAndItsTokenGrows() {
        HeldLease first = lease("clock").tryAcquire().orElseThrow();
        first.release();
        HeldLease second = lease("clock").tryAcquire().orElseThrow();

        assertThat(first.token()).isPositive();
        assertThat(second.token()).isGreaterThan(first.token());
    }

    @Test
    void givingItBackTwiceDoesNotTakeItFromTheNextHolder() {
        HeldLease first = lease("clock").tryAcquire().orElseThrow();
        first.release();
        HeldLease second = lease("clock").tryAcquire().orElseThrow();
        first.release();

        assertThat(second.renew()).isTrue();
        assertThat(first.renew()).isFalse();
        assertThat(lease("clock").tryAcquire()).isEmpty();
    }

    @Test
    void aRenewedLeaseOutlivesItsTimeToLive() {
        Lease lease = lease("clock");
        HeldLease held = lease.tryAcquire().orElseThrow();
        if (lease.ttl().isPresent()) {
            passTimeToLive();
        }

        assertThat(held.renew()).as("expired, but nobody took it").isTrue();
        assertThat(lease("clock").tryAcquire()).isEmpty();
    }

    @Test
    void aSilentHolderLosesItAndIsToldSo() {
        Lease lease = lease("clock");
        HeldLease silent = lease.tryAcquire().orElseThrow();
        if (lease.ttl().isEmpty()) {
            assertThat(lease("clock").tryAcquire()).isEmpty();
            return;
        }
        passTimeToLive();
        HeldLease next = lease("clock").tryAcquire().orElseThrow();

        assertThat(silent.renew()).isFalse();
        silent.release();
        assertThat(next.renew()).isTrue();
        assertThat(next.token()).isGreaterThan(silent.token());
    }

    @Test
    void ofManyWhoAskAtOnceOneHasIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONTENDERS);
        try {
            List<Callable<Optional<HeldLease>>> asking = new ArrayList<>();
            for (int contender = 0; contender < CONTENDERS; contender++) {
                asking.add(() -> lease("clock").tryAcquire());
            }
            int holders = 0;
            for (Future<Optional<HeldLease>> answer : threads.invokeAll(asking)) {
                holders += answer.get().isPresent() ? 1 : 0;
            }
            assertThat(holders).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
