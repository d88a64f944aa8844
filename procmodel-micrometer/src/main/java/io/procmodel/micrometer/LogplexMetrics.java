package io.procmodel.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.procmodel.logplex.Channel;
import io.procmodel.logplex.ChannelStats;
import io.procmodel.logplex.Drain;
import io.procmodel.logplex.DrainStatus;
import io.procmodel.logplex.Logplex;
import io.procmodel.logplex.SinkStats;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Meters of a logplex: what came in and what became of it, per app and per drain. Apps and drains that come later get their
 * meters at the next {@link #refresh}, which reading {@code procmodel.log.channels} does too. Thread-safe.
 *
 * <ul>
 *   <li>{@code procmodel.log.received}, {@code .appended}, {@code .rejected}, {@code .evicted}: counters, by {@code app}
 *   <li>{@code procmodel.log.lines}, {@code .bytes}: the history, by {@code app}
 *   <li>{@code procmodel.drain.delivered}, {@code .filtered}, {@code .dropped}: counters, by {@code app} and {@code drain}
 *   <li>{@code procmodel.drain.pending}, {@code .lag} in seconds, {@code .failures}, {@code .up} (1 or 0): gauges, likewise
 * </ul>
 */
public final class LogplexMetrics implements MeterBinder {
    private static final double NANOS = 1e9;

    private final Logplex logplex;
    private final Set<MeterRegistry> registries = ConcurrentHashMap.newKeySet();
    private final Set<Bound> bound = ConcurrentHashMap.newKeySet();

    private record Bound(MeterRegistry registry, Object measured) {}

    /** Creates meters that are to be bound. */
    public LogplexMetrics(Logplex logplex) {
        this.logplex = logplex;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        Gauge.builder("procmodel.log.channels", this, LogplexMetrics::refreshedChannels)
                .description("Apps that have a log")
                .register(registry);
        refresh();
    }

    /** Gives apps and drains their meters that have none yet. */
    public void refresh() {
        for (MeterRegistry registry : registries) {
            for (Channel channel : logplex.channels()) {
                Tags tags = Tags.of("app", channel.app().toString());
                if (bound.add(new Bound(registry, channel))) {
                    bind(channel, tags, registry);
                }
                channel.drains().list().stream()
                        .filter(drain -> bound.add(new Bound(registry, drain)))
                        .forEach(drain -> bind(drain, tags.and("drain", drain.token()), registry));
            }
        }
    }

    private double refreshedChannels() {
        refresh();
        return logplex.channels().size();
    }

    private static void bind(Channel channel, Tags tags, MeterRegistry registry) {
        counter(registry, "procmodel.log.received", "Lines that came in", tags, channel, ChannelStats::received);
        counter(registry, "procmodel.log.appended", "Lines that got a number", tags, channel, ChannelStats::appended);
        counter(registry, "procmodel.log.rejected", "Lines that were not taken", tags, channel, ChannelStats::rejected);
        counter(registry, "procmodel.log.evicted", "Lines that made room", tags, channel, ChannelStats::evicted);
        Gauge.builder("procmodel.log.lines", channel, it -> it.stats().lines())
                .description("Lines in the history")
                .tags(tags)
                .register(registry);
        Gauge.builder("procmodel.log.bytes", channel, it -> it.stats().bytes())
                .description("Bytes of the history")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
    }

    private static void bind(Drain drain, Tags tags, MeterRegistry registry) {
        counter(registry, "procmodel.drain.delivered", "Lines that the peer has", tags, drain, SinkStats::delivered);
        counter(registry, "procmodel.drain.filtered", "Lines not asked for", tags, drain, SinkStats::filtered);
        counter(
                registry,
                "procmodel.drain.dropped",
                "Lines that the peer will not get",
                tags,
                drain,
                SinkStats::dropped);
        gauge(registry, "procmodel.drain.pending", tags, drain, it -> it.stats().pending());
        gauge(
                registry,
                "procmodel.drain.lag",
                tags,
                drain,
                it -> it.status().lag().toNanos() / NANOS);
        gauge(
                registry,
                "procmodel.drain.failures",
                tags,
                drain,
                it -> it.status().failures());
        gauge(registry, "procmodel.drain.up", tags, drain, LogplexMetrics::up);
    }

    private static double up(Drain drain) {
        return drain.status().health() == DrainStatus.Health.UP ? 1 : 0;
    }

    private static void counter(
            MeterRegistry registry,
            String name,
            String description,
            Tags tags,
            Channel channel,
            ToDoubleFunction<ChannelStats> count) {
        FunctionCounter.builder(name, channel, it -> count.applyAsDouble(it.stats()))
                .description(description)
                .baseUnit("lines")
                .tags(tags)
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry,
            String name,
            String description,
            Tags tags,
            Drain drain,
            ToDoubleFunction<SinkStats> count) {
        FunctionCounter.builder(name, drain, it -> count.applyAsDouble(it.stats()))
                .description(description)
                .baseUnit("lines")
                .tags(tags)
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry, String name, Tags tags, Drain drain, ToDoubleFunction<Drain> value) {
        Gauge.builder(name, drain, value).tags(tags).register(registry);
    }
}
