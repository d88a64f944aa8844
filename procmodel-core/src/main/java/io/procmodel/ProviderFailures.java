package io.procmodel;

import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.ProcModelException;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;

/** What add-on providers throw, without the secrets that they were given: errors end in logs and before users. */
final class ProviderFailures {
    /** Shorter values are in any text, and guessed as soon as read. */
    private static final int SHORTEST_SECRET = 4;

    private ProviderFailures() {}

    /** The values of the config vars of an app, as far as they can be read now, and of what an add-on of it brings. */
    static Stream<String> secrets(ReleaseDesk desk, ConfigVars brought) {
        return Stream.of(config(desk), brought).flatMap(config -> config.asMap().values().stream());
    }

    private static ConfigVars config(ReleaseDesk desk) {
        try {
            return desk.newest().config();
        } catch (ProcModelException e) {
            return ConfigVars.empty(); // the provider's failure is the one to tell
        }
    }

    /**
     * The failure as it is, if neither it nor any cause of it says one of {@code secrets}; otherwise one in its place that
     * tells its class and where it was thrown.
     */
    static RuntimeException withoutSecrets(String service, RuntimeException failure, Stream<String> secrets) {
        Collection<String> searched =
                secrets.filter(secret -> secret.length() >= SHORTEST_SECRET).toList();
        if (!says(failure, searched, Collections.newSetFromMap(new IdentityHashMap<>()))) {
            return failure;
        }
        String told = failure.getClass().getName() + ", whose words are left out because they hold a secret";
        RuntimeException replaced = failure instanceof AddOnRefusedException
                ? new AddOnRefusedException(service, "it threw " + told)
                : new IllegalStateException(told);
        replaced.setStackTrace(failure.getStackTrace());
        return replaced;
    }

    private static boolean says(Throwable failure, Collection<String> secrets, Set<Throwable> seen) {
        if (!seen.add(failure)) {
            return false;
        }
        String text = failure.toString();
        Throwable cause = failure.getCause();
        return secrets.stream().anyMatch(text::contains)
                || (cause != null && says(cause, secrets, seen))
                || Stream.of(failure.getSuppressed()).anyMatch(suppressed -> says(suppressed, secrets, seen));
    }
}
