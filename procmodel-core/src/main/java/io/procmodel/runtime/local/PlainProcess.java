package io.procmodel.runtime.local;

import io.procmodel.policy.StopSignal;

/** A process where there are no groups: signals go to it and to the descendants that a snapshot shows. */
final class PlainProcess extends JdkProcess {
    PlainProcess(Process process) {
        super(process);
    }

    @Override
    public void terminate(StopSignal signal) {
        process().descendants().forEach(ProcessHandle::destroy);
        process().destroy();
    }

    @Override
    public void kill() {
        process().descendants().forEach(ProcessHandle::destroyForcibly);
        process().destroyForcibly();
    }
}
