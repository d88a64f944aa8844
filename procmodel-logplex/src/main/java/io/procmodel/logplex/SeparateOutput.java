package io.procmodel.logplex;

import io.procmodel.log.LogSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The standard output of a dyno whose standard error is a source of its own. */
record SeparateOutput(LogSource output, Supplier<LogSource> error) implements LogSource {
    @Override
    public void write(ByteBuffer chunk) {
        output.write(chunk);
    }

    @Override
    public ByteBuffer buffer(int bytes) {
        return output.buffer(bytes);
    }

    @Override
    public Optional<Path> leftovers() {
        return output.leftovers();
    }

    @Override
    public Optional<LogSource> errors() {
        return Optional.of(error.get());
    }

    @Override
    public void close() {
        output.close();
    }
}
