package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.StorageException;
import io.procmodel.procfile.ProcessType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Builds Go modules with the Go of this machine: every main package becomes a program in {@code bin}. */
final class GoBuildpack extends LanguageBuildpack {
    private static final String PROGRAMS = "bin";

    GoBuildpack() {
        super("Go", "go.mod");
    }

    @Override
    public void compile(Build build) {
        Path go = build.program("go", "a Go module", "Go, for example the package golang-go of the operating system");
        build.output().step("Using " + build.capture(command(go, "version"), variables(build)));
        List<String> packages = mainPackages(build, go);
        if (packages.isEmpty()) {
            throw new BuildException("go.mod: the module has no main package (expected: at least one package main)");
        }
        makeDirectory(build.directory().resolve(PROGRAMS));
        build.output().step("Building " + String.join(", ", packages));
        build.run(
                ImmutableList.<String>builder()
                        .add(go.toString(), "build", "-trimpath", "-buildvcs=false", "-o", PROGRAMS + "/")
                        .addAll(packages)
                        .build(),
                variables(build));
    }

    private static List<String> mainPackages(Build build, Path go) {
        String format = "{{if eq .Name \"main\"}}{{.ImportPath}}{{end}}";
        return build.capture(command(go, "list", "-f", format, "./..."), variables(build))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static Map<String, String> variables(Build build) {
        return Map.of(
                "GOPATH", cache(build, "go"),
                "GOCACHE", cache(build, "go-build"),
                "GOFLAGS", build.has("vendor/modules.txt") ? "-mod=vendor" : "-modcacherw");
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StorageException("create", directory, e);
        }
    }

    /** One program is {@code web}; several are process types of their own names, none of them {@code web}. */
    @Override
    public BuildpackRelease release(Build build) {
        List<String> programs =
                hasProcfile(build) ? List.of() : programs(build.directory().resolve(PROGRAMS));
        return programs.size() == 1
                ? BuildpackRelease.of(new ProcessType(ProcessType.WEB, PROGRAMS + "/" + programs.get(0)))
                : BuildpackRelease.of(programs.stream()
                        .map(program -> new ProcessType(program, PROGRAMS + "/" + program))
                        .toList());
    }

    private static List<String> programs(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[A-Za-z0-9_-]+"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StorageException("list", directory, e);
        }
    }
}
