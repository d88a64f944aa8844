package io.procmodel.dyno;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One dyno as it was at the instant of asking: an immutable snapshot, safe to keep and to pass on. Ask again for news.
 */
public interface Dyno {
    /** Its name, such as {@code web.1}. */
    DynoName name();

    /** Its state. */
    DynoState state();

    /** When it came into this state. */
    Instant since();

    /** The version of the release that it runs. */
    int release();

    /** The command that it runs, unexpanded, as in the Procfile. */
    String command();

    /** Where a web dyno listens, such as {@code http://127.0.0.1:20123}; empty for other types and before its start. */
    Optional<URI> address();

    /** How its last process ended, if it has crashed since the last release or restart. */
    Optional<Exit> lastExit();

    /** How often it has crashed in a row. */
    int crashes();

    /**
     * Whether it is in a crash loop: it crashed at least twice in a row and has not been up since for as long as its restart
     * policy asks.
     */
    boolean flapping();

    /** What all its processes used when they were last measured; empty before that, and where nothing can be measured. */
    Optional<DynoUsage> usage();

    /** When a crashed dyno will be started again. */
    Optional<Instant> nextStart();
}
