package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A package manager of Node.js and its three commands: everything exactly as locked, only what runs, and the removal of
 * what only the build needed. An empty command is one that the manager does not have or need.
 */
enum NodePackages {
    NPM(
            "npm",
            "Node.js with npm, for example the packages nodejs and npm of the operating system",
            List.of("ci", "--include=dev"),
            List.of("ci", "--omit=dev"),
            List.of("prune", "--omit=dev"),
            "package-lock.json",
            "npm-shrinkwrap.json"),
    YARN(
            "yarn",
            "yarn, for example with npm install --global yarn",
            List.of("install", "--frozen-lockfile", "--production=false"),
            List.of("install", "--frozen-lockfile", "--production=true"),
            List.of("install", "--frozen-lockfile", "--production=true", "--ignore-scripts", "--prefer-offline"),
            "yarn.lock"),
    PNPM(
            "pnpm",
            "pnpm, for example with npm install --global pnpm",
            List.of("install", "--frozen-lockfile", "--prod=false"),
            List.of("install", "--frozen-lockfile", "--prod"),
            List.of("prune", "--prod"),
            "pnpm-lock.yaml");

    private static final String MODERN_YARN = ".yarnrc.yml";
    private static final String MODERN_LOCK = "__metadata:";
    private static final Pattern MODERN_MANAGER = Pattern.compile("yarn@([2-9]|\\d{2,})\\..*");

    private final String program;
    private final String install;
    private final ImmutableList<String> everything;
    private final ImmutableList<String> runtimeOnly;
    private final ImmutableList<String> prune;
    private final ImmutableList<String> locks;

    NodePackages(
            String program,
            String install,
            List<String> everything,
            List<String> runtimeOnly,
            List<String> prune,
            String... locks) {
        this.program = program;
        this.install = install;
        this.everything = ImmutableList.copyOf(everything);
        this.runtimeOnly = ImmutableList.copyOf(runtimeOnly);
        this.prune = ImmutableList.copyOf(prune);
        this.locks = ImmutableList.copyOf(locks);
    }

    /**
     * The manager of an app: the one of its lock file; without one, that of {@code packageManager}, and npm at last.
     *
     * @throws BuildException if there are lock files of several (Heroku: BLD-27)
     */
    static NodePackages of(Build build, PackageJson json) {
        List<String> present = Arrays.stream(values())
                .flatMap(manager -> manager.locks.stream().filter(build::has).limit(1))
                .toList();
        if (present.size() > 1) {
            throw new BuildException("lock files: " + String.join(" and ", present)
                    + " are both there (expected: the one of the package manager that the app uses)");
        }
        return Arrays.stream(values())
                .filter(manager -> present.isEmpty() ? manager.isNamedBy(json) : manager.locks.containsAll(present))
                .findFirst()
                .orElse(NPM);
    }

    private boolean isNamedBy(PackageJson json) {
        return json.text("packageManager")
                .filter(text -> text.equals(program) || text.startsWith(program + "@"))
                .isPresent();
    }

    String program() {
        return program;
    }

    /** What to install if it is missing. */
    String toInstall() {
        return install;
    }

    /** Whether this is a yarn from version 2 on, by what only those write and what the app says; its options are others. */
    boolean isModernYarn(Build build, PackageJson json) {
        return this == YARN
                && (build.has(MODERN_YARN)
                        || json.text("packageManager")
                                .filter(text -> MODERN_MANAGER.matcher(text).matches())
                                .isPresent()
                        || (build.has("yarn.lock") && build.read("yarn.lock").contains(MODERN_LOCK)));
    }

    /** The arguments that install; without a lock file there is nothing to be exact about. */
    List<String> installation(Build build, PackageJson json, boolean forBuild) {
        if (isModernYarn(build, json)) {
            return List.of("install", "--immutable");
        }
        List<String> arguments = forBuild ? everything : runtimeOnly;
        return locks.stream().anyMatch(build::has) ? arguments : withoutLock(arguments);
    }

    private static List<String> withoutLock(List<String> arguments) {
        return ImmutableList.<String>builder()
                .add("install")
                .addAll(arguments.stream()
                        .skip(1)
                        .filter(argument -> !argument.equals("--frozen-lockfile"))
                        .toList())
                .build();
    }

    /** The arguments that remove what only the build needed, if the manager can. */
    Optional<List<String>> pruning(Build build, PackageJson json) {
        return isModernYarn(build, json) ? Optional.empty() : Optional.of(prune);
    }

    /** Where the manager keeps its downloads, and how it is kept quiet. */
    Map<String, String> environment(Build build) {
        return Map.of(
                "NODE_ENV", "production",
                "npm_config_cache", LanguageBuildpack.cache(build, "npm"),
                "YARN_CACHE_FOLDER", LanguageBuildpack.cache(build, "yarn"),
                "npm_config_store_dir", LanguageBuildpack.cache(build, "pnpm"),
                "npm_config_loglevel", "error",
                "npm_config_audit", "false",
                "npm_config_fund", "false",
                "npm_config_update_notifier", "false",
                "CI", "true");
    }
}
