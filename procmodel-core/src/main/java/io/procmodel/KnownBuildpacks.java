package io.procmodel;

import com.google.common.collect.ImmutableMap;
import io.procmodel.build.Buildpack;
import io.procmodel.error.InvalidValueException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The buildpacks that apps can set, by name; and those in directories. Immutable. */
final class KnownBuildpacks {
    private final ImmutableMap<String, Buildpack> byName;

    /**
     * Those of the library and the host's own.
     *
     * @param ofHost the host's, by name; they win over those of the library
     */
    KnownBuildpacks(Map<String, Buildpack> ofHost) {
        byName = ImmutableMap.<String, Buildpack>builder()
                .putAll(ofHost)
                .putAll(Buildpack.builtIn().entrySet().stream()
                        .filter(entry -> !ofHost.containsKey(entry.getKey()))
                        .toList())
                .build();
    }

    /**
     * The buildpack of a name or in a directory.
     *
     * @throws InvalidValueException if it is neither
     */
    Buildpack find(String name) {
        Buildpack known = byName.get(name);
        if (known != null) {
            return known;
        }
        if (isDirectory(name)) {
            return Buildpack.directory(Path.of(name));
        }
        throw new InvalidValueException(
                "buildpack",
                name,
                "the absolute path of a directory with bin/detect and bin/compile, or one of "
                        + String.join(", ", byName.keySet()));
    }

    private static boolean isDirectory(String name) {
        try {
            return Path.of(name).isAbsolute() && Files.isDirectory(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Those to be asked for an app that has set none: the host's own first. */
    List<Buildpack> inOrder() {
        return byName.values().asList();
    }
}
