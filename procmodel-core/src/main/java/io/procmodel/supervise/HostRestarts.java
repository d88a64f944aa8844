package io.procmodel.supervise;

import io.procmodel.policy.RestartPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A restart policy that may be code of the host: if it fails, that is told once and the platform's own stands in, so that a
 * crash is always decided about.
 */
final class HostRestarts implements RestartPolicy {
    private final RestartPolicy policy;
    private final Consumer<RuntimeException> onFailure;
    private boolean failed;

    /** Asks {@code policy}, and gives its first failure to {@code onFailure}. */
    HostRestarts(RestartPolicy policy, Consumer<RuntimeException> onFailure) {
        this.policy = policy;
        this.onFailure = onFailure;
    }

    @Override
    public Optional<Duration> pauseAfter(Crash crash) {
        try {
            return policy.pauseAfter(crash).map(pause -> pause.isNegative() ? Duration.ZERO : pause);
        } catch (RuntimeException e) {
            tell(e);
            return RestartPolicy.heroku().pauseAfter(crash);
        }
    }

    @Override
    public Duration resetAfter() {
        try {
            return policy.resetAfter();
        } catch (RuntimeException e) {
            tell(e);
            return RestartPolicy.heroku().resetAfter();
        }
    }

    private void tell(RuntimeException e) {
        if (!failed) {
            failed = true;
            onFailure.accept(e);
        }
    }
}
