package io.procmodel.runtime.local;

import io.procmodel.log.LogSource;
import io.procmodel.pipe.OutputChannel;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** One output of a dyno: the channel, and the source where it goes. */
record Outlet(OutputChannel channel, LogSource source) {
    /** The reading end, once the process has been started. */
    ReadableByteChannel started(DynoProcess process) throws IOException {
        return channel.started(process.ofTheJdk());
    }
}
