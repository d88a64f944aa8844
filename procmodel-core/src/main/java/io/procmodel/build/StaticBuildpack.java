package io.procmodel.build;

import com.google.common.io.ByteStreams;
import io.procmodel.error.StorageException;
import io.procmodel.procfile.ProcessType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves sites of plain files. Their server is {@link StaticSite}, whose class goes into the slug, so that a dyno needs
 * nothing but a Java.
 */
final class StaticBuildpack extends LanguageBuildpack {
    private static final List<String> ROOTS = List.of("public", "dist", "_site", "build");
    private static final String PLACE = ".procmodel";
    private static final String CLASS_FILE = StaticSite.class.getName().replace('.', '/') + ".class";

    StaticBuildpack() {
        super(
                "Static site",
                "index.html",
                "public/index.html",
                "dist/index.html",
                "_site/index.html",
                "build/index.html");
    }

    @Override
    public void compile(Build build) {
        Path copy = build.directory().resolve(PLACE).resolve(CLASS_FILE);
        try (InputStream code = StaticSite.class.getResourceAsStream(StaticSite.class.getSimpleName() + ".class")) {
            if (code == null) {
                throw new IOException(CLASS_FILE + " is not on the class path");
            }
            Files.createDirectories(copy.getParent());
            Files.write(copy, ByteStreams.toByteArray(code));
        } catch (IOException e) {
            throw new StorageException("write", copy, e);
        }
        build.output().step("Serving " + root(build));
    }

    private static String root(Build build) {
        return ROOTS.stream()
                .filter(name -> build.has(name + "/index.html") && !build.has("index.html"))
                .findFirst()
                .orElse(".");
    }

    @Override
    public BuildpackRelease release(Build build) {
        return BuildpackRelease.of(new ProcessType(
                ProcessType.WEB,
                "exec \"${JAVA_HOME:+$JAVA_HOME/bin/}java\" $JAVA_OPTS -cp " + PLACE + " " + StaticSite.class.getName()
                        + " " + root(build)));
    }
}
