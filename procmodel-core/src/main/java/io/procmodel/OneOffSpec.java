package io.procmodel;

import io.procmodel.formation.DynoSize;
import io.procmodel.log.LogSource;
import io.procmodel.release.Release;
import io.procmodel.runtime.Attachment;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A one-off dyno to be started. Immutable; each method gives a changed copy.
 *
 * @param release the release that it runs, which need not be the current one
 * @param type the first part of its name
 * @param command the command, for a shell
 * @param user who starts it, for the log
 * @param size what it may use
 * @param environment variables on top of the config vars, over those of the same name (Heroku: DYN-69)
 * @param timeToLive when it is stopped at the latest, or null
 * @param limited whether it counts against the limit of one-off dynos
 * @param output where its output goes, or null for the app's log alone
 * @param logged whether it goes to the app's log too
 * @param client who is attached and gets its output instead, or null
 */
record OneOffSpec(
        Release release,
        String type,
        String command,
        String user,
        DynoSize size,
        Map<String, String> environment,
        @Nullable Duration timeToLive,
        boolean limited,
        @Nullable LogSource output,
        boolean logged,
        @Nullable Client client) {

    /**
     * Who is attached.
     *
     * @param attachment the dyno's input
     * @param screen where its output goes
     * @param onEnd what is done at the dyno's end, before anybody is told of it
     */
    record Client(Attachment attachment, OutputStream screen, Runnable onEnd) {}

    static OneOffSpec of(Release release, String type, String command, String user) {
        return new OneOffSpec(
                release, type, command, user, DynoSize.STANDARD_1X, Map.of(), null, true, null, true, null);
    }

    OneOffSpec size(DynoSize other) {
        return new OneOffSpec(
                release, type, command, user, other, environment, timeToLive, limited, output, logged, client);
    }

    OneOffSpec environment(Map<String, String> other) {
        return new OneOffSpec(
                release, type, command, user, size, Map.copyOf(other), timeToLive, limited, output, logged, client);
    }

    OneOffSpec timeToLive(@Nullable Duration other) {
        return new OneOffSpec(release, type, command, user, size, environment, other, limited, output, logged, client);
    }

    /** Started however many are running already: the platform's own dynos, such as those of the release phase. */
    OneOffSpec unlimited() {
        return new OneOffSpec(
                release, type, command, user, size, environment, timeToLive, false, output, logged, client);
    }

    /** With its output going elsewhere instead of to the app's log. */
    OneOffSpec output(LogSource other) {
        return new OneOffSpec(
                release, type, command, user, size, environment, timeToLive, limited, other, false, client);
    }

    /** With its output going elsewhere as well as to the app's log. */
    OneOffSpec copyingTo(LogSource other) {
        return new OneOffSpec(
                release, type, command, user, size, environment, timeToLive, limited, other, true, client);
    }

    /** With somebody at its input and output (Heroku: DYN-61). */
    OneOffSpec client(Client other) {
        return new OneOffSpec(
                release, type, command, user, size, environment, timeToLive, limited, output, false, other);
    }
}
