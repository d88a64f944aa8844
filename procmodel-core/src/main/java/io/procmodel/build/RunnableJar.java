package io.procmodel.build;

import io.procmodel.error.StorageException;
import io.procmodel.procfile.ProcessType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * A jar that a build made and that can be run, with the command that runs it. Spring Boot, Quarkus and Micronaut are told
 * their port; any other program reads it from {@code PORT}.
 *
 * @param path its path from the root of the app
 * @param size its size, in bytes
 * @param port the option that tells it its port, with a blank behind it, or nothing
 */
record RunnableJar(String path, long size, String port) {
    private static final String QUARKUS = "quarkus-app/quarkus-run.jar";
    private static final Pattern NOT_THE_APP =
            Pattern.compile("(-plain|-sources|-javadoc|-tests)\\.jar$|(^|/)original-");

    /** {@code web} with the largest runnable jar of a directory; nothing if there is none. */
    static BuildpackRelease defaults(Build build, String directory) {
        if (build.has(directory + "/" + QUARKUS)) {
            return web(new RunnableJar(directory + "/" + QUARKUS, 0, "-Dquarkus.http.port=$PORT "));
        }
        return in(build, directory).stream()
                .max(Comparator.comparingLong(RunnableJar::size).thenComparing(RunnableJar::path))
                .map(RunnableJar::web)
                .orElse(BuildpackRelease.of());
    }

    private static BuildpackRelease web(RunnableJar jar) {
        return BuildpackRelease.of(
                new ProcessType(ProcessType.WEB, "java " + jar.port() + "$JAVA_OPTS -jar " + jar.path()));
    }

    private static List<RunnableJar> in(Build build, String directory) {
        List<RunnableJar> found = new ArrayList<>();
        Path place = build.directory().resolve(directory);
        if (!Files.isDirectory(place)) {
            return found;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(place, "*.jar")) {
            for (Path jar : jars) {
                String path = directory + "/" + jar.getFileName();
                if (Files.isRegularFile(jar)
                        && !NOT_THE_APP.matcher(path).find()
                        && path.matches("[A-Za-z0-9_./+-]+")) {
                    add(jar, path, found);
                }
            }
            return found;
        } catch (IOException e) {
            throw new StorageException("list", place, e);
        }
    }

    private static void add(Path file, String path, List<RunnableJar> found) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest != null && manifest.getMainAttributes().getValue("Main-Class") != null) {
                found.add(new RunnableJar(path, Files.size(file), port(jar, manifest)));
            }
        } catch (ZipException e) {
            // A test's broken jar, or a file that has nothing but the name: nobody can run it.
        }
    }

    private static String port(JarFile jar, Manifest manifest) {
        if (manifest.getMainAttributes().getValue("Spring-Boot-Version") != null) {
            return "-Dserver.port=$PORT ";
        }
        return jar.getEntry("META-INF/micronaut/") == null ? "" : "-Dmicronaut.server.port=$PORT ";
    }
}
