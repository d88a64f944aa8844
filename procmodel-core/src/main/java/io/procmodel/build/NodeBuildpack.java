package io.procmodel.build;

import io.procmodel.procfile.ProcessType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds Node.js apps, which it knows by their {@code package.json}, with the npm of this machine. With a lock file it runs
 * {@code npm ci}, without one {@code npm install}, both without the development dependencies; an app without dependencies
 * needs no npm. Stateless and thread-safe.
 */
public final class NodeBuildpack implements Buildpack {
    private static final String PROCFILE = "Procfile";

    /** A buildpack; all of them are alike. */
    public NodeBuildpack() {}

    @Override
    public Optional<String> detect(Path directory) {
        return Files.isRegularFile(directory.resolve(PackageJson.FILE_NAME))
                ? Optional.of("Node.js")
                : Optional.empty();
    }

    @Override
    public void compile(Build build) {
        if (!PackageJson.read(build.directory()).hasDependencies()) {
            build.output().step("No dependencies to install");
            return;
        }
        String npm = build.program(
                        "npm",
                        "an app with dependencies in its package.json",
                        "Node.js with npm, for example the packages nodejs and npm of the operating system")
                .toString();
        String install = hasLock(build.directory()) ? "ci" : "install";
        build.output().step("Installing dependencies with npm " + install);
        build.run(List.of(npm, install, "--omit=dev"), environment(build));
    }

    private static boolean hasLock(Path directory) {
        return Files.isRegularFile(directory.resolve("package-lock.json"))
                || Files.isRegularFile(directory.resolve("npm-shrinkwrap.json"));
    }

    private static Map<String, String> environment(Build build) {
        return Map.of(
                "NODE_ENV", "production",
                "npm_config_cache", build.cacheDirectory().resolve("npm").toString(),
                "npm_config_loglevel", "error",
                "npm_config_audit", "false",
                "npm_config_fund", "false",
                "npm_config_update_notifier", "false");
    }

    /** {@code web: npm start}, if the app can be started so and has no Procfile that says what it wants. */
    @Override
    public List<ProcessType> defaultProcessTypes(Path directory) {
        boolean startable =
                PackageJson.read(directory).hasScript("start") || Files.isRegularFile(directory.resolve("server.js"));
        return startable && !Files.exists(directory.resolve(PROCFILE))
                ? List.of(new ProcessType(ProcessType.WEB, "npm start"))
                : List.of();
    }
}
