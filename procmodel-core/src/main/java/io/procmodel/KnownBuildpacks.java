package io.procmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.procmodel.build.Buildpack;
import io.procmodel.build.BuildpackSource;
import io.procmodel.error.InvalidValueException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The buildpacks that apps can set: by name, in directories, and at addresses. Immutable. */
final class KnownBuildpacks {
    /** Who detects an app of no language: nothing to hold on to once there is one (BLD-23). */
    private static final String FALLBACKS = "procmodel/";

    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@]*@");

    /** {@code ssh://git@host/path}, and {@code git@host:path} as people copy it. */
    private static final Pattern SSH = Pattern.compile("(git\\+)?ssh://.*|[\\w.-]+@[\\w.-]+:.*");

    private final ImmutableMap<String, Buildpack> byName;
    private final ImmutableList<BuildpackSource> sources;

    /**
     * Those of the library and the host's own.
     *
     * @param ofHost the host's, by name; they win over those of the library
     * @param sources who fetches those at addresses; archives are always fetched
     */
    KnownBuildpacks(Map<String, Buildpack> ofHost, List<BuildpackSource> sources) {
        byName = ImmutableMap.<String, Buildpack>builder()
                .putAll(ofHost)
                .putAll(Buildpack.builtIn().entrySet().stream()
                        .filter(entry -> !ofHost.containsKey(entry.getKey()))
                        .toList())
                .build();
        this.sources = ImmutableList.<BuildpackSource>builder()
                .add(BuildpackSource.archives())
                .addAll(sources)
                .build();
    }

    /**
     * The buildpack of a name, in a directory or at an address.
     *
     * @throws InvalidValueException if it is none of them
     */
    Buildpack find(String name) {
        Buildpack known = byName.get(name);
        if (known != null) {
            return known;
        }
        if (isDirectory(name)) {
            return Buildpack.directory(Path.of(name));
        }
        return sources.stream()
                .filter(source -> source.takes(name))
                .findFirst()
                .map(source -> Buildpack.fetched(name, source))
                .orElseThrow(() -> unknown(name));
    }

    private InvalidValueException unknown(String name) {
        if (SSH.matcher(name).matches()) {
            return new InvalidValueException(
                    "buildpack", shown(name), "the repository's https address: a build has no key to show over ssh");
        }
        return new InvalidValueException(
                "buildpack",
                shown(name),
                "the absolute path of a directory with bin/detect and bin/compile, the path or address of a tar or tgz, "
                        + "an address that a buildpack source of the platform takes, or one of "
                        + String.join(", ", byName.keySet()));
    }

    /** The name without the password that an address may hold. */
    static String shown(String name) {
        return CREDENTIALS.matcher(name).replaceAll("");
    }

    /** The name to remember the buildpack by that detected an app (Heroku: BLD-23); empty for those of no language. */
    Optional<String> nameToRemember(Buildpack buildpack) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue() == buildpack)
                .map(Map.Entry::getKey)
                .filter(name -> !name.startsWith(FALLBACKS))
                .findFirst();
    }

    /** The buildpack that was remembered, unless the platform does not know it any more. */
    Optional<Buildpack> remembered(String name) {
        return Optional.ofNullable(byName.get(name));
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
