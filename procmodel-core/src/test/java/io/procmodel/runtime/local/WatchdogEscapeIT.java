package io.procmodel.runtime.local;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The same where there is no perl: each dyno has a watchdog of its own. */
@EnabledOnOs(OS.LINUX)
class WatchdogEscapeIT extends EscapeIT {
    @Override
    HostTools tools() {
        return super.tools().without("perl");
    }
}
