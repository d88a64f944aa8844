package io.procmodel.build;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The few variables of this machine that a build step may see: where programs are, which language and time zone to use,
 * and how to reach the network. Nothing else of the host's environment, which may hold its secrets.
 */
final class HostEnvironment {
    private static final Splitter PATHS = Splitter.on(File.pathSeparatorChar).omitEmptyStrings();
    private static final Set<String> ALLOWED = Set.of(
            "PATH",
            "LANG",
            "LANGUAGE",
            "TZ",
            "JAVA_HOME",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "NODE_EXTRA_CA_CERTS");

    private final ImmutableMap<String, String> variables;

    HostEnvironment(Map<String, String> environment) {
        ImmutableMap.Builder<String, String> allowed = ImmutableMap.builder();
        environment.forEach((key, value) -> {
            if (ALLOWED.contains(key) || key.startsWith("LC_")) {
                allowed.put(key, value);
            }
        });
        variables = allowed.buildOrThrow();
    }

    Map<String, String> variables() {
        return variables;
    }

    /** The program of that name on the {@code PATH}. */
    Optional<Path> program(String name) {
        for (String directory : PATHS.split(variables.getOrDefault("PATH", ""))) {
            Optional<Path> program = executable(directory, name);
            if (program.isPresent()) {
                return program;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> executable(String directory, String name) {
        try {
            Path file = Path.of(directory, name);
            return Files.isRegularFile(file) && Files.isExecutable(file)
                    ? Optional.of(file.toAbsolutePath())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
