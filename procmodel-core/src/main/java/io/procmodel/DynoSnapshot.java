package io.procmodel;

import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.dyno.DynoUsage;
import io.procmodel.dyno.Exit;
import io.procmodel.supervise.DynoStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dyno as supervision and the runtime together know it. */
record DynoSnapshot(
        DynoStatus status, @Nullable URI uri, @Nullable DynoUsage used, boolean flapping) implements Dyno {
    @Override
    public DynoName name() {
        return status.name();
    }

    @Override
    public DynoState state() {
        return status.state();
    }

    @Override
    public Instant since() {
        return status.since();
    }

    @Override
    public int release() {
        return status.release();
    }

    @Override
    public String command() {
        return status.command();
    }

    @Override
    public Optional<URI> address() {
        return Optional.ofNullable(uri);
    }

    @Override
    public Optional<Exit> lastExit() {
        return Optional.ofNullable(status.lastExit());
    }

    @Override
    public int crashes() {
        return status.crashes();
    }

    @Override
    public Optional<DynoUsage> usage() {
        return Optional.ofNullable(used);
    }

    @Override
    public Optional<Instant> nextStart() {
        return Optional.ofNullable(status.nextStart());
    }

    @Override
    public String toString() {
        return name() + " " + state();
    }
}
