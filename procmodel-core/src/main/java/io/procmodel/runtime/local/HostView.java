package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of the host's files a dyno in a sandbox sees, to be read only.
 *
 * @param directories those at the root of the host that are shown
 * @param links those at the root that are links, with where they lead
 * @param hidden directories below those shown that are not
 */
record HostView(List<Path> directories, List<Link> links, List<Path> hidden) {
    /** The files of the host's resolver; where there are none they are left out. */
    static final String NAMES = "/run/systemd/resolve";

    /** Directories of the host that a dyno gets anew, or not at all. */
    private static final Set<String> OWN = Set.of("proc", "dev", "tmp", "run", "app", "lost+found");

    /**
     * A symbolic link.
     *
     * @param path where it is
     * @param target what it says
     */
    record Link(Path path, Path target) {}

    /** Everything of this host but what each dyno has of its own. */
    static HostView without(Set<Path> hidden) throws IOException {
        ImmutableList.Builder<Path> directories = ImmutableList.builder();
        ImmutableList.Builder<Link> links = ImmutableList.builder();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/"))) {
            for (Path entry : new TreeSet<>(ImmutableList.copyOf(entries))) {
                if (Files.isSymbolicLink(entry)) {
                    links.add(new Link(entry, Files.readSymbolicLink(entry)));
                } else if (isShown(entry)) {
                    directories.add(entry);
                }
            }
        }
        return new HostView(
                directories.build(),
                links.build(),
                hidden.stream().filter(HostView::isShown).toList());
    }

    private static boolean isShown(Path path) {
        return !OWN.contains(path.getName(0).toString());
    }
}
