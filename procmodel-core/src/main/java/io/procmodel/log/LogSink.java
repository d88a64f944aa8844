package io.procmodel.log;

import io.procmodel.name.AppName;

/**
 * Where log bytes go: one source is opened per origin of an app, and closed when that origin has said its last.
 * Thread-safe; an implementation never blocks a writer for a reader. The host owns a sink: who only writes to it never
 * closes it.
 */
public interface LogSink {
    /**
     * Opens a source of an app's stream. Any number of sources may have the same origin, at the same time too; their
     * unfinished lines never mix.
     */
    LogSource open(AppName app, LogOrigin origin);

    /** A sink that forgets everything. */
    static LogSink discarding() {
        return (app, origin) -> DiscardingSource.INSTANCE;
    }

    /** A sink that hands everything to two sinks, first {@code first} and then {@code second}. */
    static LogSink tee(LogSink first, LogSink second) {
        return (app, origin) -> TeeSource.open(first, second, app, origin);
    }
}
