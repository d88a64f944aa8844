package io.procmodel.runtime.local;

import java.io.IOException;

/** Something that is tried again and again until it succeeds. Used by one thread, but for {@link #abort}. */
interface ReadinessCheck extends AutoCloseable {
    /** Tries it once, for a bounded time. */
    boolean passes() throws IOException, InterruptedException;

    /** Makes a try that goes on in another thread, which is interrupted too, end soon. */
    void abort();

    /** Takes back what the tries have made. */
    @Override
    void close();
}
