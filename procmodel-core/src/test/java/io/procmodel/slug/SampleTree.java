package io.procmodel.slug;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The same small app, written to disk in any order, at any time, under any umask. */
final class SampleTree {
    static final String LONG_NAME = "n".repeat(120) + "/" + "m".repeat(150) + ".txt";

    private final List<Step> steps = new ArrayList<>();

    private interface Step {
        void writeTo(Path root) throws IOException;
    }

    SampleTree() {
        file("Procfile", "web: bin/web\n", "rw-r--r--");
        file("bin/web", "#!/bin/sh\necho up\n", "rwxr-xr-x");
        file("lib/a", "a", "rw-------");
        file("lib-b", "b", "rw-rw-rw-");
        file("lib.c", "", "r--r--r--");
        file("größe/naïve ☃ 𝄞.txt", "text", "rw-r--r--");
        file("odd/new\nline\\back 'quote' \"double\" ", "odd", "rw-r--r--");
        file(LONG_NAME, "long", "rw-r--r--");
        steps.add(root -> Files.createDirectories(root.resolve("empty")));
        link("current", "lib/a");
        link("lib/up", "../bin");
        link("lib/" + "l".repeat(110), "../" + LONG_NAME);
        link("dangling", "lib/missing");
    }

    private void file(String path, String content, String mode) {
        steps.add(root -> {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content.getBytes(UTF_8));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        });
    }

    private void link(String path, String target) {
        steps.add(root -> {
            Files.createDirectories(root.resolve(path).getParent());
            Files.createSymbolicLink(root.resolve(path), Path.of(target));
        });
    }

    Path writeTo(Path root) {
        return writeTo(root, new Random(0), "rwxr-xr-x");
    }

    /** Writes the tree in an order of {@code random}, with directories of one mode and files of other times. */
    Path writeTo(Path root, Random random, String directoryMode) {
        List<Step> shuffled = new ArrayList<>(steps);
        Collections.shuffle(shuffled, random);
        try {
            Files.createDirectories(root);
            for (Step step : shuffled) {
                step.writeTo(root);
            }
            for (Path path : everythingIn(root)) {
                if (Files.isDirectory(path) && !Files.isSymbolicLink(path)) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(directoryMode));
                } else if (!Files.isSymbolicLink(path)) {
                    Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(random.nextInt(1 << 30))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root;
    }

    private static List<Path> everythingIn(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            return paths.toList();
        }
    }
}
