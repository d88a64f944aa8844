package io.procmodel.lease;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryLeaseTest extends LeaseContract {
    private static final Duration TTL = Duration.ofSeconds(10);

    private final Map<String, Lease> leases = new ConcurrentHashMap<>();
    private Instant now = Instant.parse("2026-01-02T12:00:00Z");

    @Override
    protected Lease lease(String name) {
        return leases.computeIfAbsent(name, key -> InMemoryLease.of(key, TTL, () -> now));
    }

    @Override
    protected void passTimeToLive() {
        now = now.plus(TTL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-PT1S"})
    void aTimeToLiveIsPositive(String ttl) {
        assertThatThrownBy(() -> InMemoryLease.of("clock", Duration.parse(ttl), () -> now))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("lease time to live")
                .hasMessageContaining("more than zero");
    }
}
