package io.procmodel.build;

import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A buildpack of programs in a directory: {@code bin/detect}, {@code bin/compile}, {@code bin/release}. What it prints is
 * handed on as it is, because it prints the form of BLD-20 itself. Config vars are files for it, not variables (BLD-16).
 */
final class DirectoryBuildpack implements Buildpack {
    private static final String DETECT = "bin/detect";
    private static final String COMPILE = "bin/compile";
    private static final String RELEASE = "bin/release";
    private static final int LONGEST_NAME = 100;

    private final Path original;

    DirectoryBuildpack(Path original) {
        this.original = original.toAbsolutePath().normalize();
    }

    @Override
    public String description() {
        return name() + " (its " + DETECT + ")";
    }

    private String name() {
        return original.toString();
    }

    @Override
    public Optional<String> detect(Build build) {
        List<String> command =
                List.of(program(build, DETECT).toString(), build.directory().toString());
        StringBuilder output = new StringBuilder();
        int status = build.steps().capture(command, Map.of(), build.output(), output);
        return status == 0 ? Optional.of(kind(output.toString())) : Optional.empty();
    }

    /** The first line that says something, as a person may read it. */
    private String kind(String output) {
        return output.lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> line.substring(0, Math.min(LONGEST_NAME, line.length())))
                .orElse(String.valueOf(original.getFileName()));
    }

    @Override
    public void compile(Build build) {
        List<String> command = List.of(
                program(build, COMPILE).toString(),
                build.directory().toString(),
                build.cacheDirectory().toString(),
                build.workspace().configFiles(build.config()).toString());
        int status = build.steps().run(command, Map.of(), build.output());
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
        int status = build.steps().withoutExports().capture(command, Map.of(), build.output(), output);
        if (status != 0) {
            throw new BuildpackException(name(), RELEASE + " ended with status " + status, "0 and a YAML map", null);
        }
        return new ReleaseYaml(name()).parse(output.toString());
    }

    private Path program(Build build, String path) {
        Path program = copyFor(build).resolve(path);
        if (!Files.isRegularFile(program)) {
            throw new BuildpackException(name(), path + " is missing", "an executable file", null);
        }
        if (!Files.isExecutable(program)) {
            throw new BuildpackException(name(), path + " is not executable", "a file of mode 755", null);
        }
        return program;
    }

    /** The copy of this build, which may write to it; made when it is first asked for. */
    private Path copyFor(Build build) {
        return build.workspace().buildpackCopy(this, this::copyTo);
    }

    private void copyTo(Path copy) {
        if (!Files.isDirectory(original)) {
            throw new BuildpackException(name(), "is not a directory", "a directory with " + DETECT, null);
        }
        try {
            FileTree.copy(original.toRealPath(), copy);
        } catch (IOException e) {
            throw new StorageException("copy the buildpack", original, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DirectoryBuildpack that && original.equals(that.original);
    }

    @Override
    public int hashCode() {
        return original.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
