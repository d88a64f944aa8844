package io.procmodel;

import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.error.ProcModelException;
import io.procmodel.log.LogOrigin;
import io.procmodel.name.AppName;
import io.procmodel.supervise.SupervisionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The dynos of an app. Thread-safe. */
public final class AppDynos {
    private final AppName app;
    private final AppContext context;
    private final DynoManager manager;

    AppDynos(AppName app, AppContext context, DynoManager manager) {
        this.app = app;
        this.context = context;
        this.manager = manager;
    }

    /** The dynos by type and number: those of the formation, and one-off dynos and those that leave the formation. */
    public List<Dyno> list() {
        return manager.dynos();
    }

    /**
     * The dyno of that name.
     *
     * @throws io.procmodel.error.InvalidValueException if {@code name} is not a dyno's name
     * @throws NoSuchDynoException if the app has no such dyno now
     */
    public Dyno get(String name) {
        DynoName wanted = DynoName.parse(name);
        List<Dyno> dynos = list();
        return dynos.stream()
                .filter(dyno -> dyno.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new NoSuchDynoException(
                        app, wanted, dynos.stream().map(Dyno::name).toList()));
    }

    /** Restarts all dynos but one-off dynos (Heroku: DYN-28, DYN-29). Returns when it is decided. */
    public void restart() {
        manager.restart(name -> true).join();
    }

    /**
     * Restarts one dyno ({@code web.1}) or all dynos of one process type ({@code web}). One-off dynos are left alone
     * (Heroku: DYN-29).
     *
     * @throws NoSuchDynoException if the app has no dyno of that name now
     */
    public void restart(String nameOrType) {
        manager.restart(named(nameOrType)).join();
    }

    /**
     * Stops one dyno ({@code run.1}) or all dynos of one process type. A one-off dyno stays gone; a dyno of the formation is
     * started again (Heroku: DYN-30): scale down to keep it stopped.
     *
     * @throws NoSuchDynoException if the app has no dyno of that name now
     */
    public void stop(String nameOrType) {
        manager.stop(named(nameOrType)).join();
    }

    private Predicate<DynoName> named(String nameOrType) {
        if (nameOrType.indexOf('.') >= 0) {
            return get(nameOrType).name()::equals;
        }
        String type = new DynoName(nameOrType, 1).processType();
        return name -> name.processType().equals(type);
    }

    /**
     * Waits until every dyno of the formation is up on the current release, and no dyno of an older one is left. A dyno that
     * crashed and is started again in time is waited for.
     *
     * @throws DynosNotUpException if time runs out, or earlier if a crashed dyno is not started again in that time or a
     *     rollout was halted; it says why, with the last lines of each such dyno
     * @throws PlatformClosedException if the platform is closed meanwhile
     */
    public void awaitUp(Duration timeout) {
        Outcome outcome = new Outcome(deadline(timeout));
        try {
            manager.await(outcome::isDecided, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcModelException("interrupted while waiting for the dynos of " + app + " to be up", e);
        }
        if (outcome.closed) {
            throw new PlatformClosedException("wait for the dynos of " + app);
        }
        if (!outcome.up) {
            List<Dyno> dynos = list();
            throw new DynosNotUpException(app, outcome.reason(timeout), dynos, describe(dynos));
        }
    }

    private Instant deadline(Duration timeout) {
        Instant now = context.clock().instant();
        return timeout.compareTo(Duration.between(now, Instant.MAX)) < 0 ? now.plus(timeout) : Instant.MAX;
    }

    /** What became of a wait; confined to the waiting thread. */
    private static final class Outcome {
        private final Instant deadline;
        private boolean up;
        private boolean closed;
        private boolean halted;
        private boolean down;

        Outcome(Instant deadline) {
            this.deadline = deadline;
        }

        boolean isDecided(SupervisionState state) {
            closed = state.isClosed();
            up = state.isUp();
            halted = state.isHalted();
            down = state.staysDownBeyond(deadline);
            return up || closed || halted || down;
        }

        String reason(Duration timeout) {
            if (halted) {
                return "the rollout was halted";
            }
            String time = TimeUnit.MILLISECONDS.convert(timeout) + " ms";
            return down ? "a crashed dyno is not started again within " + time : "time ran out after " + time;
        }
    }

    private String describe(List<Dyno> dynos) {
        StringBuilder text = new StringBuilder();
        Predicate<Dyno> isUp = dyno -> dyno.state() == DynoState.UP;
        dynos.stream().filter(isUp.negate()).forEach(dyno -> describe(dyno, text));
        return text.toString();
    }

    private void describe(Dyno dyno, StringBuilder text) {
        text.append("\n  ").append(dyno.name()).append(" is ").append(dyno.state());
        dyno.lastExit().ifPresent(exit -> text.append(" after ").append(exit));
        text.append(", running `").append(dyno.command()).append('`');
        for (String line : context.recent().of(app, LogOrigin.app(dyno.name().toString()))) {
            text.append("\n    | ").append(line);
        }
    }
}
