package io.procmodel.runtime.local;

import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.Capability;
import java.util.List;
import java.util.Set;

/**
 * The launcher where there are no sessions (Windows, or a POSIX machine without setsid and perl): signals go to the main
 * process and to the descendants that a snapshot shows. It promises nothing, and its capabilities say so.
 */
final class PlainLauncher implements Launcher {
    private final List<String> shell;

    PlainLauncher(HostTools tools) {
        this.shell = tools.find("bash")
                .or(() -> tools.find("sh"))
                .map(path -> List.of(path, "-c"))
                .orElse(List.of("cmd.exe", "/c"));
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public List<String> shell(String command) {
        return List.of(shell.get(0), shell.get(1), command);
    }

    @Override
    public List<String> commandLine(List<String> program, StandardInput.Place input, List<String> doors) {
        return program;
    }

    @Override
    public void terminate(Process process, StopSignal signal) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    @Override
    public void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
