package io.procmodel.runtime.local;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The same promises without bubblewrap: by unshare and tini. */
@EnabledOnOs(OS.LINUX)
class UnshareSandboxIT extends SandboxIT {
    @Override
    HostTools tools() {
        return super.tools().without("bwrap");
    }

    /** Fewer and farther apart: this box takes its time. */
    @Override
    int moments() {
        return 5;
    }

    @Override
    long pause() {
        return 20;
    }
}
