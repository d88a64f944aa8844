package io.procmodel.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a bare repository that a push adds to and may leave behind: packs, and what JGit has while it receives one and
 * moves a branch. For whoever receives the only push there is; git itself may look after the repository meanwhile.
 */
final class RepositoryFiles {
    private static final String PACK = ".pack";
    private static final String INDEX = ".idx";
    private static final String KEEP = ".keep";
    private static final String KEPT_BY_PUSH = "jgit receive-pack";
    private static final List<String> LOCKS = List.of("HEAD.lock", "packed-refs.lock");
    private static final Duration LONG = Duration.ofHours(1);

    private final Path directory;
    private final Path objects;
    private final Path packs;
    private final Instant abandonedBefore;

    /**
     * The files of a repository.
     *
     * @param started before this process received anything
     * @param now what time it is
     */
    RepositoryFiles(Path directory, Instant started, Instant now) {
        this.directory = directory;
        objects = directory.resolve("objects");
        packs = objects.resolve("pack");
        Instant longAgo = now.minus(LONG);
        abandonedBefore = started.isAfter(longAgo) ? started : longAgo;
    }

    /** The pack that a push has brought, if it has, for as long as JGit keeps it from being collected. */
    List<Path> received() throws IOException {
        List<Path> received = new ArrayList<>();
        for (Path keep : list(packs, "*" + KEEP)) {
            if (Files.readString(keep).startsWith(KEPT_BY_PUSH)) {
                received.add(sibling(keep, PACK));
            }
        }
        return received;
    }

    /** Removes packs that no branch needs. The index goes first: a pack without one is a leftover. */
    void remove(List<Path> unwanted) throws IOException {
        for (Path pack : unwanted) {
            Files.deleteIfExists(sibling(pack, INDEX));
            Files.deleteIfExists(pack);
        }
    }

    /**
     * Removes what a push has left that died with its process. The lock of a branch would refuse every later push, and a
     * pack without its index the same push again. git has such files, too, for moments, so they must be old.
     */
    void removeLeftovers() throws IOException {
        for (Path arriving : list(objects, "incoming_*")) {
            Files.deleteIfExists(arriving);
        }
        for (Path pack : received()) {
            Files.deleteIfExists(sibling(pack, KEEP));
        }
        for (Path pack : list(packs, "*" + PACK)) {
            if (!Files.exists(sibling(pack, INDEX))) {
                removeIfAbandoned(pack);
            }
        }
        for (Path lock : locks()) {
            removeIfAbandoned(lock);
        }
    }

    private List<Path> locks() throws IOException {
        List<Path> locks =
                new ArrayList<>(LOCKS.stream().map(directory::resolve).toList());
        try (Stream<Path> refs = Files.walk(directory.resolve("refs"))) {
            refs.filter(file -> file.toString().endsWith(".lock")).forEach(locks::add);
        }
        return locks;
    }

    private void removeIfAbandoned(Path file) throws IOException {
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(abandonedBefore)) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Not there, or not any more.
        }
    }

    private static Path sibling(Path file, String suffix) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + suffix);
    }

    private static List<Path> list(Path place, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(place)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, glob)) {
                files.forEach(found::add);
            }
        }
        return found;
    }
}
