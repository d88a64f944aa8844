package io.procmodel.runtime.local;

import io.procmodel.runtime.Capability;
import java.io.IOException;
import java.util.ArrayList;
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
    public DynoProcess start(Launch launch, List<String> doors) throws IOException {
        List<String> line = new ArrayList<>(launch.deaf() ? deafness() : List.of());
        line.addAll(launch.command());
        return new PlainProcess(launch.what().command(line).start());
    }

    private List<String> deafness() {
        return List.of(shell.get(0), "-c", "trap '' " + Launch.STOP_SIGNALS + "; exec \"$@\"", "procmodel-box");
    }
}
