package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.procfile.ProcessType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.semver4j.Semver;

/**
 * Builds Node.js apps with the tools of this machine (Heroku: BLD-26, BLD-27): checks {@code engines}, installs with the
 * package manager whose lock file is there, runs the build script, and removes what only the build needed. An app without
 * dependencies and scripts needs no package manager.
 */
final class NodeBuildpack extends LanguageBuildpack {
    private static final String NODE = "Node.js, for example the package nodejs of the operating system";
    private static final String MODERN_YARN = "yarn 2 or newer, for example with corepack enable";
    private static final String PREBUILD = "heroku-prebuild";
    private static final String CLEANUP = "heroku-cleanup";
    private static final List<String> BUILD_SCRIPTS = List.of("heroku-postbuild", "build");

    NodeBuildpack() {
        super("Node.js", PackageJson.FILE_NAME);
    }

    @Override
    public void compile(Build build) {
        PackageJson json = PackageJson.read(build.directory());
        NodePackages packages = NodePackages.of(build, json);
        json.engine("node").ifPresent(range -> check(build, "node", range, NODE));
        Optional<String> script = BUILD_SCRIPTS.stream().filter(json::hasScript).findFirst();
        boolean installs = json.hasDependencies() || (script.isPresent() && json.hasDevelopmentDependencies());
        if (!installs && script.isEmpty() && !json.hasScript(PREBUILD)) {
            build.output().step("No dependencies to install");
            return;
        }
        json.engine(packages.program())
                .ifPresent(range -> check(build, packages.program(), range, packages.toInstall()));
        if (packages.isModernYarn(build, json)) {
            requireModernYarn(build);
        }
        new Run(build, json, packages).everything(installs, script);
    }

    /** A classic yarn would take options that it does not know for none, and install something else. */
    private static void requireModernYarn(Build build) {
        Path yarn = build.program("yarn", "an app with a lock file or packageManager of yarn 2 or newer", MODERN_YARN);
        String version = build.capture(command(yarn, "--version"), Map.of()).strip();
        if (version.startsWith("1.")) {
            throw new ToolVersionException("yarn", "yarn.lock, .yarnrc.yml or packageManager", ">=2", version);
        }
    }

    private static void check(Build build, String tool, String range, String toInstall) {
        Path program = build.program(tool, "an app with engines." + tool + " in its package.json", toInstall);
        String version = build.capture(command(program, "--version"), Map.of()).strip();
        Semver found = Semver.coerce(version);
        if (found == null || !found.satisfies(range)) {
            throw new ToolVersionException(tool, "engines." + tool + " in package.json", range, version);
        }
        build.output().detail("engines." + tool + " (package.json): " + range + ", at hand: " + version);
    }

    @Override
    public BuildpackRelease release(Build build) {
        if (hasProcfile(build)) {
            return BuildpackRelease.of();
        }
        PackageJson json = PackageJson.read(build.directory());
        if (json.hasScript("start") || build.has("server.js")) {
            return BuildpackRelease.of(new ProcessType(ProcessType.WEB, "npm start"));
        }
        return json.text("main")
                .filter(main -> build.has(main) || build.has(main + ".js"))
                .map(main -> BuildpackRelease.of(new ProcessType(ProcessType.WEB, "node " + quoted(main))))
                .orElse(BuildpackRelease.of());
    }

    private static String quoted(String file) {
        return file.matches("[A-Za-z0-9_./-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
    }

    /** One compilation. */
    private static final class Run {
        private final Build build;
        private final PackageJson json;
        private final NodePackages packages;
        private final String program;

        Run(Build build, PackageJson json, NodePackages packages) {
            this.build = build;
            this.json = json;
            this.packages = packages;
            program = build.program(
                            packages.program(), "an app with dependencies in its package.json", packages.toInstall())
                    .toString();
        }

        void everything(boolean installs, Optional<String> buildScript) {
            script(PREBUILD);
            if (installs) {
                install(buildScript.isPresent());
            }
            buildScript.ifPresent(this::script);
            if (installs && buildScript.isPresent()) {
                packages.pruning(build, json).ifPresent(arguments -> step("Pruning devDependencies", arguments));
            }
            script(CLEANUP);
        }

        private void install(boolean forBuild) {
            List<String> arguments = packages.installation(build, json, forBuild);
            step("Installing dependencies with " + packages.program() + " " + arguments.get(0), arguments);
        }

        private void script(String name) {
            if (json.hasScript(name)) {
                step("Running " + name, List.of("run", name));
            }
        }

        private void step(String title, List<String> arguments) {
            build.output().step(title);
            build.run(
                    ImmutableList.<String>builder()
                            .add(program)
                            .addAll(arguments)
                            .build(),
                    packages.environment(build));
        }
    }
}
