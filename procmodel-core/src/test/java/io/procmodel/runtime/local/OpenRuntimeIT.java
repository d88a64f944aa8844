package io.procmodel.runtime.local;

import io.procmodel.runtime.Isolation;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The contract without isolation. */
@DisabledOnOs(OS.WINDOWS)
class OpenRuntimeIT extends LocalRuntimeIT {
    @Override
    LocalRuntimeBuilder configure(LocalRuntimeBuilder builder) {
        return builder.isolation(Isolation.NONE);
    }
}
