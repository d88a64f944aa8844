package io.procmodel;

import io.procmodel.event.DynoHoursSpent;
import io.procmodel.name.AppName;
import io.procmodel.policy.HoursPolicy;
import io.procmodel.state.StateDocument;
import io.procmodel.state.StateName;
import io.procmodel.supervise.Fact;
import io.procmodel.supervise.SupervisionState;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an app's dyno hours: looks at every decision and every few seconds, saves beside the control thread, and tells
 * supervision when the quota of the month is used up or a new month has begun. On record is also what runs, and since when:
 * after a {@code kill -9} the next platform of this home counts it up to the {@link LifeSign} of the last one. Hosts that share
 * a store add up. Driven on the control thread; {@link #usage} may be called from any.
 */
final class DynoHours {
    private static final Logger LOG = LoggerFactory.getLogger(DynoHours.class);
    private static final StateName NAME = StateName.of("hours");
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration SOONEST = Duration.ofMillis(100);

    private final AppName app;
    private final HoursPolicy policy;
    private final ControlThread control;
    private final AppContext context;
    private final Consumer<Fact> facts;
    private final HourMeter meter;
    private final ReentrantLock storing = new ReentrantLock();
    private @Nullable ScheduledFuture<?> next;
    private boolean spent;

    DynoHours(AppName app, HoursPolicy policy, ControlThread control, AppContext context, Consumer<Fact> facts) {
        this.app = app;
        this.policy = policy;
        this.control = control;
        this.context = context;
        this.facts = facts;
        this.meter = new HourMeter(context.clock().instant());
        meter.learn(settle().months());
    }

    /** What is on record, with what a killed platform of this home ran to its end. */
    private HourRecord settle() {
        String home = context.lifeSign().home();
        HourRecord found = HourRecord.parse(context.states().load(app, NAME).map(StateDocument::text));
        HourRecord.Running left = found.running().get(home);
        if (left == null) {
            return found;
        }
        Map<YearMonth, Duration> lived =
                HourMeter.between(left.since(), context.lifeSign().before(), left.units());
        return update(before -> before.plus(lived, home, null));
    }

    private HourRecord update(UnaryOperator<HourRecord> change) {
        StateDocument document = context.states()
                .update(
                        app,
                        NAME,
                        before -> change.apply(HourRecord.parse(before)).text());
        return HourRecord.parse(Optional.of(document.text()));
    }

    /** Counts on; called after each decision. */
    void decided(SupervisionState state) {
        int rate = state.isClosed() ? 0 : state.dynoUnits(policy.sleepingCount());
        boolean changed = rate != meter.rate();
        look(rate);
        if (changed) {
            save();
            plan();
        }
    }

    private synchronized void look(int rate) {
        Instant now = context.clock().instant();
        meter.look(now, rate);
        YearMonth month = HourMeter.monthOf(now);
        boolean nowSpent = policy.isLimited() && meter.used(month).compareTo(policy.quota()) >= 0;
        if (nowSpent && !spent) {
            context.subscribers().tell(new DynoHoursSpent(app, month, now));
        }
        if (nowSpent != spent && policy.sleepWhenSpent()) {
            facts.accept(new Fact.QuotaChanged(nowSpent));
        }
        spent = nowSpent;
    }

    private void plan() {
        if (next != null) {
            next.cancel(false);
        }
        next = meter.rate() == 0 && !spent ? null : control.schedule(this::lookAgain, untilNextLook());
    }

    private Duration untilNextLook() {
        if (!policy.isLimited() || spent || meter.rate() == 0) {
            return LOOK;
        }
        Duration left = policy.quota()
                .minus(meter.used(HourMeter.monthOf(context.clock().instant())))
                .dividedBy(meter.rate());
        return left.compareTo(LOOK) > 0 ? LOOK : left.compareTo(SOONEST) > 0 ? left : SOONEST;
    }

    private void lookAgain() {
        look(meter.rate());
        save();
        plan();
    }

    /** The disk never holds up the control thread. */
    private void save() {
        control.spawners().execute(() -> store(true));
    }

    /** Saves what is counted, for the last time. */
    void close() {
        if (next != null) {
            next.cancel(false);
        }
        store(false);
    }

    private void store(boolean running) {
        storing.lock();
        try {
            record(running);
        } catch (RuntimeException e) {
            LOG.warn("the dyno hours of {} could not be saved", app, e);
        } finally {
            storing.unlock();
        }
    }

    private void record(boolean running) {
        Map<YearMonth, Duration> taken;
        HourRecord.@Nullable Running now;
        synchronized (this) {
            taken = meter.take();
            now = running && meter.rate() > 0 ? new HourRecord.Running(meter.rate(), meter.last()) : null;
        }
        try {
            HourRecord whole =
                    update(before -> before.plus(taken, context.lifeSign().home(), now));
            synchronized (this) {
                meter.learn(whole.months());
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                meter.giveBack(taken);
            }
            throw e;
        }
    }

    synchronized AppUsage usage() {
        Instant now = context.clock().instant();
        meter.look(now, meter.rate());
        YearMonth month = HourMeter.monthOf(now);
        return new AppUsage(month, meter.used(month), policy.quota(), meter.all());
    }
}
