package io.procmodel.build;

import io.procmodel.procfile.ProcessType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds Python apps with the Python of this machine: what {@code requirements.txt} or the {@code [project]} table of
 * {@code pyproject.toml} asks for goes into a virtual environment of the slug.
 */
final class PythonBuildpack extends LanguageBuildpack {
    private static final String REQUIREMENTS = "requirements.txt";
    private static final String PROJECT = "pyproject.toml";
    private static final String PYTHON =
            "Python 3, for example the packages python3 and python3-venv of the operating" + " system";
    private static final List<String> STARTABLE = List.of("app.py", "main.py", "server.py");

    /** Prints the dependencies of the project, one on a line; pip brings a reader for Pythons that have none. */
    private static final String DEPENDENCIES = """
            try:
                import tomllib
            except ImportError:
                from pip._vendor import tomli as tomllib
            with open("pyproject.toml", "rb") as file:
                project = tomllib.load(file).get("project")
            if project is None:
                raise SystemExit("pyproject.toml: no [project] table (expected: one with dependencies)")
            print("\\n".join(project.get("dependencies", [])))
            """;

    PythonBuildpack() {
        super("Python", REQUIREMENTS, PROJECT);
    }

    @Override
    public void compile(Build build) {
        Optional<PythonVersion> wanted = PythonVersion.of(build);
        Path python = program(build, wanted);
        String version = build.capture(command(python, "--version"), Map.of()).replace("Python ", "");
        build.output().step("Using Python " + version);
        wanted.ifPresent(asked -> asked.check(version));
        String requirements = requirements(build, python);
        VirtualEnvironment environment = VirtualEnvironment.create(build, python, !requirements.isEmpty());
        if (requirements.isEmpty()) {
            build.output().step("No dependencies to install");
        } else {
            build.output().step("Installing dependencies with pip");
            environment.install(requirements);
        }
        environment.makeMovable();
    }

    private static Path program(Build build, Optional<PythonVersion> wanted) {
        return wanted.flatMap(version -> build.findProgram("python" + version.minor()))
                .or(() -> build.findProgram("python3"))
                .orElseGet(() -> build.program("python", "a Python app", PYTHON));
    }

    /** The name of the file of requirements to install, or nothing. */
    private static String requirements(Build build, Path python) {
        if (build.has(REQUIREMENTS)) {
            return asksForSomething(build.read(REQUIREMENTS)) ? REQUIREMENTS : "";
        }
        String dependencies = build.capture(command(python, "-c", DEPENDENCIES), Map.of());
        if (dependencies.isBlank()) {
            return "";
        }
        build.write(VirtualEnvironment.REQUIREMENTS, dependencies + "\n");
        return VirtualEnvironment.REQUIREMENTS;
    }

    private static boolean asksForSomething(String requirements) {
        return requirements.lines().map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
    }

    @Override
    public BuildpackRelease release(Build build) {
        return STARTABLE.stream()
                .filter(file -> build.has(file) && !hasProcfile(build))
                .findFirst()
                .map(file -> BuildpackRelease.of(new ProcessType(ProcessType.WEB, "python " + file)))
                .orElse(BuildpackRelease.of());
    }
}
