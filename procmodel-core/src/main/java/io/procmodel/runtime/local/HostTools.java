package io.procmodel.runtime.local;

import com.google.common.base.Splitter;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the few programs of the host that starting a dyno needs, by absolute path, once. Immutable. */
final class HostTools {
    private static final List<String> USUAL_PLACES = List.of("/usr/local/bin", "/usr/bin", "/bin");

    private final Set<Path> directories = new LinkedHashSet<>();
    private final Set<String> missing = new HashSet<>();

    HostTools(Map<String, String> hostEnvironment) {
        this(hostEnvironment, USUAL_PLACES);
    }

    /** Looks on the path, and then in these places. */
    HostTools(Map<String, String> hostEnvironment, List<String> places) {
        String path = hostEnvironment.getOrDefault("PATH", "");
        Splitter.on(File.pathSeparatorChar).omitEmptyStrings().split(path).forEach(this::add);
        places.forEach(this::add);
    }

    private void add(String directory) {
        try {
            directories.add(Path.of(directory));
        } catch (InvalidPathException e) {
            // A PATH entry that is no path holds no program.
        }
    }

    /** The same host without a program. */
    HostTools without(String program) {
        HostTools fewer = new HostTools(Map.of(), List.of());
        fewer.directories.addAll(directories);
        fewer.missing.addAll(missing);
        fewer.missing.add(program);
        return fewer;
    }

    Optional<String> find(String program) {
        return directories.stream()
                .filter(directory -> !missing.contains(program))
                .filter(Path::isAbsolute)
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .map(Path::toString)
                .findFirst();
    }
}
