package io.procmodel.runtime.local;

import io.procmodel.runtime.Isolation;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contract where there is no perl: each dyno has a watchdog of its own. */
@DisabledOnOs(OS.WINDOWS)
class WatchdogRuntimeIT extends LocalRuntimeIT {
    @Override
    LocalRuntimeBuilder configure(LocalRuntimeBuilder builder) {
        return builder.isolation(Isolation.NONE).tools(new HostTools(System.getenv()).without("perl"));
    }
}
