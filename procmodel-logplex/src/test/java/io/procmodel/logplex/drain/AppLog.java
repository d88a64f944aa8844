package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.LineCutter;
import io.procmodel.logplex.ring.Cursor;
import io.procmodel.logplex.ring.LineStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A stream of one app whose time is ticked, and what its owner was told about a drain. */
final class AppLog implements DrainListener {
    static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");
    static final LogOrigin WEB = LogOrigin.app("web.1");

    final List<String> told = new ArrayList<>();
    final LineStream stream;
    private long nanos;

    AppLog(int history) {
        stream = new LineStream(history, 4_000_000, () -> START.plusNanos(nanos));
    }

    void say(String... lines) {
        say(WEB, lines);
    }

    void say(LogOrigin origin, String... lines) {
        for (String line : lines) {
            new LineCutter(1_000_000, cut -> stream.append(origin, cut))
                    .write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
        }
    }

    void tick(Duration time) {
        nanos += time.toNanos();
    }

    long nanos() {
        return nanos;
    }

    DrainEngine engine(Cursor cursor, DrainTarget target) {
        return engine(cursor, target, new LineGrouper(null));
    }

    DrainEngine engine(Cursor cursor, DrainTarget target, LineGrouper grouper) {
        RandomGenerator random = new Random(1);
        return new DrainEngine(
                cursor,
                target,
                line -> !line.text().startsWith("#"),
                grouper,
                new Notices(),
                new BackOff(random),
                new BatchIds(random),
                this::nanos,
                () -> START.plusNanos(nanos),
                this);
    }

    @Override
    public void dropped(long lines, Instant since) {
        told.add("dropped " + lines + " since " + since);
    }

    @Override
    public void lost(long lines, Instant since) {
        told.add("lost " + lines + " since " + since);
    }

    @Override
    public void certificateRefused(String reason) {
        told.add("certificate: " + reason);
    }
}
