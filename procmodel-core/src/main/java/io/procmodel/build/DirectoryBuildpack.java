package io.procmodel.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A buildpack of programs in a directory: {@code bin/detect}, {@code bin/compile}, {@code bin/release}. What it prints is
 * handed on as it is, because it prints the form of BLD-20 itself. Config vars are files for it, not variables (BLD-16). Its
 * programs run in its own directory, as they do on Heroku: published ones copy what is beside them by relative paths.
 */
final class DirectoryBuildpack implements Buildpack {
    private static final String DETECT = "bin/detect";
    private static final String COMPILE = "bin/compile";
    private static final String RELEASE = "bin/release";
    private static final int LONGEST_NAME = 100;
    private static final int INTERPRETER_BYTES = 256;

    private static final Duration FETCH_LIMIT = Duration.ofSeconds(90);

    private final String name;
    private final String shortName;
    private final Content content;

    /** Makes the directory that one build uses as the buildpack. */
    private interface Content {
        void copyTo(Path directory, Build build) throws IOException;
    }

    private DirectoryBuildpack(String name, String shortName, Content content) {
        this.name = name;
        this.shortName = shortName;
        this.content = content;
    }

    static DirectoryBuildpack in(Path directory) {
        Path original = directory.toAbsolutePath().normalize();
        return new DirectoryBuildpack(
                original.toString(), String.valueOf(original.getFileName()), (copy, build) -> copy(original, copy));
    }

    /** One that is fetched for each build (BLD-22). */
    static DirectoryBuildpack from(String address, BuildpackSource source) {
        String shown = BuildpackFetch.shown(address);
        return new DirectoryBuildpack(shown, shown, (directory, build) -> fetch(address, source, directory, build));
    }

    private static void copy(Path original, Path copy) throws IOException {
        if (!Files.isDirectory(original)) {
            throw new BuildpackException(original.toString(), "is not a directory", "a directory with " + DETECT, null);
        }
        FileTree.copy(original.toRealPath(), copy);
    }

    private static void fetch(String address, BuildpackSource source, Path directory, Build build) throws IOException {
        Steps steps = build.steps();
        Files.createDirectory(directory);
        build.output().step("Fetching buildpack " + BuildpackFetch.shown(address));
        Path cache = build.workspace().fetched(address);
        Duration left = steps.timeLeft();
        Duration limit = left.compareTo(FETCH_LIMIT) < 0 ? left : FETCH_LIMIT;
        try {
            source.fetch(new BuildpackFetch(address, directory, cache, limit, steps::isOver));
        } finally {
            // What a fetch says that was ended so is not what ended it.
            steps.requireTime();
        }
    }

    @Override
    public String description() {
        return name() + " (its " + DETECT + ")";
    }

    private String name() {
        return name;
    }

    @Override
    public Optional<String> detect(Build build) {
        List<String> command =
                List.of(program(build, DETECT).toString(), build.directory().toString());
        StringBuilder output = new StringBuilder();
        int status = steps(build).capture(command, Map.of(), build.output(), output);
        return status == 0 ? Optional.of(kind(output.toString())) : Optional.empty();
    }

    /** The first line that says something, as a person may read it. */
    private String kind(String output) {
        return output.lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> line.substring(0, Math.min(LONGEST_NAME, line.length())))
                .orElse(shortName);
    }

    @Override
    public void compile(Build build) {
        List<String> command = List.of(
                program(build, COMPILE).toString(),
                build.directory().toString(),
                build.cacheDirectory().toString(),
                build.workspace().configFiles(build.config()).toString());
        int status = steps(build).run(command, Map.of(), build.output());
        if (status != 0) {
            throw build.steps()
                    .failure(List.of(name() + "/" + COMPILE), "ended with status " + status + " (expected: 0)", null);
        }
        build.steps().export(copyFor(build).resolve("export"));
    }

    @Override
    public BuildpackRelease release(Build build) {
        if (!Files.exists(copyFor(build).resolve(RELEASE))) {
            return BuildpackRelease.of();
        }
        List<String> command =
                List.of(program(build, RELEASE).toString(), build.directory().toString());
        StringBuilder output = new StringBuilder();
        int status = steps(build).withoutExports().capture(command, Map.of(), build.output(), output);
        if (status != 0) {
            throw new BuildpackException(name(), RELEASE + " ended with status " + status, "0 and a YAML map", null);
        }
        return new ReleaseYaml(name()).parse(output.toString());
    }

    private Steps steps(Build build) {
        return build.steps().in(copyFor(build));
    }

    private Path program(Build build, String path) {
        Path program = copyFor(build).resolve(path);
        if (!Files.isRegularFile(program)) {
            throw new BuildpackException(name(), path + " is missing", "an executable file", null);
        }
        if (!Files.isExecutable(program)) {
            throw new BuildpackException(
                    name(),
                    path + " is not executable",
                    "a file of mode 755: chmod +x " + path + ", and in git: git update-index --chmod=+x " + path,
                    null);
        }
        if (firstLineOf(program).endsWith("\r")) {
            throw new BuildpackException(
                    name(),
                    path + " has the line ends of Windows (CR LF), by which its interpreter is not found",
                    "line ends of Unix (LF): dos2unix " + path + ", and in git: " + path
                            + " text eol=lf in .gitattributes",
                    null);
        }
        return program;
    }

    /** The first line as far as the system reads it for the interpreter; a program need not be a script. */
    private static String firstLineOf(Path program) {
        try (InputStream file = Files.newInputStream(program)) {
            String start = new String(file.readNBytes(INTERPRETER_BYTES), ISO_8859_1);
            int end = start.indexOf('\n');
            return start.startsWith("#!") && end >= 0 ? start.substring(0, end) : "";
        } catch (IOException e) {
            throw new StorageException("read", program, e);
        }
    }

    /** The copy of this build, which may write to it; made when it is first asked for. */
    private Path copyFor(Build build) {
        return build.workspace().buildpackCopy(this, copy -> fill(copy, build));
    }

    private void fill(Path copy, Build build) {
        try {
            content.copyTo(copy, build);
        } catch (IOException e) {
            throw new StorageException("copy buildpack " + name + " to", copy, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DirectoryBuildpack that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
