package io.procmodel.supervise;

import io.procmodel.policy.RestartPolicy;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A restart policy that may be code of the host: if it fails, the platform's own stands in, so that a crash is always
 * decided about.
 *
 * @param policy the policy
 */
record HostRestarts(RestartPolicy policy) implements RestartPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(HostRestarts.class);

    @Override
    public Optional<Duration> pauseAfter(Crash crash) {
        try {
            return policy.pauseAfter(crash).map(pause -> pause.isNegative() ? Duration.ZERO : pause);
        } catch (RuntimeException e) {
            LOG.error("the restart policy failed at {}", crash, e);
            return RestartPolicy.heroku().pauseAfter(crash);
        }
    }

    @Override
    public Duration resetAfter() {
        try {
            return policy.resetAfter();
        } catch (RuntimeException e) {
            LOG.error("the restart policy failed", e);
            return RestartPolicy.heroku().resetAfter();
        }
    }
}
