package io.procmodel.build;

import io.procmodel.error.StorageException;
import io.procmodel.procfile.ProcessType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds Scala apps with the sbt of this machine, and runs what its native packager stages. */
final class ScalaBuildpack extends LanguageBuildpack {
    private static final String STAGED = "target/universal/stage/bin";

    ScalaBuildpack() {
        super("Scala", "build.sbt");
    }

    @Override
    public void compile(Build build) {
        JavaTools.check(build);
        Path sbt = build.program("sbt", "an app with a build.sbt", "sbt");
        build.output().step("Building with sbt");
        build.run(
                command(
                        sbt,
                        "-Dsbt.global.base=" + cache(build, "sbt"),
                        "-Dsbt.boot.directory=" + cache(build, "sbt/boot"),
                        "-Dsbt.ivy.home=" + cache(build, "ivy"),
                        "-Dsbt.log.noformat=true",
                        "compile",
                        "stage"),
                Map.of("COURSIER_CACHE", cache(build, "coursier")));
    }

    @Override
    public BuildpackRelease release(Build build) {
        List<String> programs =
                hasProcfile(build) ? List.of() : staged(build.directory().resolve(STAGED));
        return programs.size() == 1
                ? BuildpackRelease.of(
                        new ProcessType(ProcessType.WEB, STAGED + "/" + programs.get(0) + " -Dhttp.port=$PORT"))
                : BuildpackRelease.of();
    }

    private static List<String> staged(Path directory) {
        List<String> programs = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                files.forEach(file -> programs.add(file.getFileName().toString()));
            } catch (IOException e) {
                throw new StorageException("list", directory, e);
            }
        }
        programs.removeIf(name -> name.endsWith(".bat"));
        return programs;
    }
}
