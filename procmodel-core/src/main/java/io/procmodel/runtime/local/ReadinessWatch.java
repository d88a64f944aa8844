package io.procmodel.runtime.local;

import io.procmodel.log.LogSource;

/** Finds out when a dyno whose port is open is ready for requests. One for each start of a dyno; thread-safe. */
interface ReadinessWatch {
    /** The one to which an open port is enough. */
    ReadinessWatch PORT = new ReadinessWatch() {
        @Override
        public void portOpened(Runnable onReady) {
            onReady.run();
        }

        @Override
        public void cancel() {
            // Nothing goes on.
        }

        @Override
        public void awaitEnd() {
            // Nothing goes on.
        }
    };

    /** The dyno's output, as this wants to see it on its way to {@code output}. */
    default LogSource watching(LogSource output) {
        return output;
    }

    /** To be called when the port is open; calls {@code onReady} once, now or later, unless it is cancelled before. */
    void portOpened(Runnable onReady);

    /** The dyno is leaving: nothing is asked and run any more. Returns at once; may be called several times. */
    void cancel();

    /** Waits, after {@link #cancel}, for a bounded time until nothing goes on any more. */
    void awaitEnd();
}
