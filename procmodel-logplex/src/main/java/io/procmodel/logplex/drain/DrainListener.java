package io.procmodel.logplex.drain;

import java.time.Instant;

/** Is told what an app's owner should know of a drain. Called on the drain's thread; must not throw. */
public interface DrainListener {
    /** Lines were gone before the drain came to them (Heroku: L10). */
    void dropped(long lines, Instant since);

    /** Lines could not be delivered for good (Heroku: L13). */
    void lost(long lines, Instant since);

    /** The peer's certificate was not accepted (Heroku: L14). */
    void certificateRefused(String reason);
}
