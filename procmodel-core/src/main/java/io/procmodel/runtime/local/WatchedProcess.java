package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.policy.StopSignal;
import java.io.IOException;
import java.io.OutputStream;

/** The leader of a process group in which a watchdog reads its orders from the process's standard input. */
final class WatchedProcess extends JdkProcess {
    private final SignalSender signals;

    WatchedProcess(Process process, SignalSender signals) {
        super(process);
        this.signals = signals;
    }

    @Override
    public void terminate(StopSignal signal) {
        try {
            OutputStream watchdog = process().getOutputStream();
            watchdog.write((signal.name() + '\n').getBytes(US_ASCII));
            watchdog.flush();
        } catch (IOException e) {
            terminateWithoutWatchdog(signal);
        }
    }

    @Override
    public void kill() {
        try {
            process().getOutputStream().close();
        } catch (IOException e) {
            // Bytes that nobody will read were left in its buffer; the pipe is closed all the same.
        }
        process().destroyForcibly();
    }

    /**
     * The way round a watchdog that was itself killed. Only while the main process lives: its id is the group's, and after
     * its end that number may belong to a stranger.
     */
    private void terminateWithoutWatchdog(StopSignal signal) {
        if (isAlive()) {
            signals.sendToGroup(pid(), signal);
        }
    }
}
