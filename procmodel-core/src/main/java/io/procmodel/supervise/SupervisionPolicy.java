package io.procmodel.supervise;

import java.time.Duration;

/**
 * The times that supervision keeps.
 *
 * @param bootTimeout how long a web dyno may take to accept connections (Heroku: 60 s, DYN-11)
 * @param stopGrace how long a dyno may take to end after SIGTERM (Heroku: 30 s, DYN-47)
 * @param restarts when a crashed dyno is started again
 */
public record SupervisionPolicy(Duration bootTimeout, Duration stopGrace, RestartPolicy restarts) {
    /** Heroku's times with {@link RestartPolicy#DEFAULT}. */
    public static final SupervisionPolicy DEFAULT =
            new SupervisionPolicy(Duration.ofSeconds(60), Duration.ofSeconds(30), RestartPolicy.DEFAULT);
}
