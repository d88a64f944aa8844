package io.procmodel.jdbc.sql;

import com.google.common.util.concurrent.Uninterruptibles;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a source, of which broken ones are passed over. A pool looks whether a connection is sound only when
 * it was not used for a while, and does not know every driver's word for a broken one: who asks again soon after a failure
 * gets the same one for as long as it asks. So for some time after a failure each connection is tried first, and a broken
 * one is left alone until the pool looks at it. Thread-safe.
 */
final class SoundConnections {
    private static final Logger LOG = LoggerFactory.getLogger(SoundConnections.class);

    /** A little longer than HikariCP takes a connection for sound without looking. */
    private static final Duration REST = Duration.ofMillis(600);

    /** Other threads may still have broken ones that they gave back later. */
    private static final Duration DOUBT = Duration.ofSeconds(30);

    private static final int RESTS = 3;
    private static final int ANSWERS_WITHIN_SECONDS = 1;

    private final DataSource source;
    private volatile long doubtfulUntil = System.nanoTime();

    SoundConnections(DataSource source) {
        this.source = source;
    }

    /** Runs work on a connection, once, whatever becomes of it. */
    <T> T with(SqlWork<T> work) throws SQLException {
        try {
            Connection connection = connection();
            try {
                return work.run(connection);
            } finally {
                giveBack(connection);
            }
        } catch (SQLException e) {
            if (!Dialect.isLostRace(e) && !Dialect.isDuplicate(e)) {
                doubt();
            }
            throw e;
        }
    }

    private Connection connection() throws SQLException {
        Connection connection = source.getConnection();
        for (int rests = 0; rests < RESTS && isDoubtful() && !connection.isValid(ANSWERS_WITHIN_SECONDS); rests++) {
            giveBack(connection);
            doubt();
            Uninterruptibles.sleepUninterruptibly(REST);
            connection = source.getConnection();
        }
        return connection;
    }

    private void doubt() {
        doubtfulUntil = System.nanoTime() + DOUBT.toNanos();
    }

    private boolean isDoubtful() {
        return doubtfulUntil - System.nanoTime() > 0;
    }

    /** What was done is done, even if the connection breaks now. */
    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection broke when it was given back", e);
        }
    }
}
