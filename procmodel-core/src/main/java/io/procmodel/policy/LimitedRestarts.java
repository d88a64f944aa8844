package io.procmodel.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * Another policy, but for some crashes none.
 *
 * @param other decides about the rest
 * @param never whether no crash at all is followed by a start, or only an exit with status 0 is not
 */
record LimitedRestarts(RestartPolicy other, boolean never) implements RestartPolicy {
    @Override
    public Optional<Duration> pauseAfter(Crash crash) {
        return never || crash.exit().status() == 0 ? Optional.empty() : other.pauseAfter(crash);
    }

    @Override
    public Duration resetAfter() {
        return other.resetAfter();
    }
}
