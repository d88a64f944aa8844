package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Mounts overlays in a mount namespace of their own. Such a mount exists for the processes that are started in it only, and
 * ends with the last of them: nothing needs to be unmounted, by whomever.
 */
final class OverlayMount {
    /**
     * Paths are relative to the run directory, whose own name may hold what means something among mount options. The path in
     * the environment is the dyno's, so {@code mount} is not looked up there.
     */
    private static final String SCRIPT = """
            cd "$2" && "$1" -t overlay overlay -o "$3" "$4" && cd "$4" || exit 126
            shift 4
            exec "$@"
            """;

    private final List<String> namespace;
    private final String sh;
    private final String mount;
    private final Path runDirectory;
    private final boolean forUser;

    private OverlayMount(List<String> namespace, String sh, String mount, Path runDirectory, boolean forUser) {
        this.namespace = List.copyOf(namespace);
        this.sh = sh;
        this.mount = mount;
        this.runDirectory = runDirectory;
        this.forUser = forUser;
    }

    /** In the host's user namespace: for root only. */
    static Optional<OverlayMount> forRoot(HostTools tools, Path runDirectory) {
        return of(tools, runDirectory, false, "--mount", "--propagation", "slave");
    }

    /** In a user namespace: for everybody, where the host allows that. The programs in it believe that they are root. */
    static Optional<OverlayMount> forUsers(HostTools tools, Path runDirectory) {
        return of(tools, runDirectory, true, "--user", "--map-root-user", "--mount");
    }

    private static Optional<OverlayMount> of(
            HostTools tools, Path runDirectory, boolean forUser, String... namespaces) {
        Optional<String> unshare = tools.find("unshare");
        Optional<String> sh = tools.find("sh");
        Optional<String> mount = tools.find("mount");
        if (unshare.isEmpty() || sh.isEmpty() || mount.isEmpty()) {
            return Optional.empty();
        }
        List<String> namespace = ImmutableList.<String>builder()
                .add(unshare.get())
                .add(namespaces)
                .add("--")
                .build();
        return Optional.of(new OverlayMount(namespace, sh.get(), mount.get(), runDirectory, forUser));
    }

    /** The mount of one dyno's files. */
    Mount of(Overlay overlay) {
        String options = "lowerdir=" + relative(overlay.lower()) + ",upperdir=" + relative(overlay.upper())
                + ",workdir=" + relative(overlay.work()) + (forUser ? ",userxattr" : "");
        String place = relative(overlay.merged());
        List<String> prefix = ImmutableList.<String>builder()
                .addAll(namespace)
                .add(sh, "-c", SCRIPT, "procmodel-mount")
                .add(mount, runDirectory.toString(), options, place)
                .build();
        return new Mount(forUser, runDirectory, options, place, prefix);
    }

    private String relative(Path path) {
        return runDirectory.relativize(path).toString();
    }
}
