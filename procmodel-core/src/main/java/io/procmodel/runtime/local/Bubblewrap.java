package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableList;
import io.procmodel.runtime.Capability;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A sandbox by bubblewrap: user, process and mount namespaces, without root. Its own first process reaps orphans and dies
 * with the watchdog's process group, and the whole box with it. Its death is never tied to a parent's: that signal follows
 * the thread that has spawned it.
 */
final class Bubblewrap implements Box {
    private static final String APP = "/app";
    private static final String TMP = "/tmp";
    private static final String CONTROL = "/run/procmodel";

    /** Directories of the host that a dyno gets anew, or not at all. */
    private static final Set<String> OWN = Set.of("proc", "dev", "tmp", "run", "app", "lost+found");

    private static final String SIGNALS = "TERM,INT,HUP,QUIT,USR1,USR2";

    /** A signal to the group is for the dyno. Were bubblewrap itself to die of it, so would the box, without its grace. */
    private static final String OUTSIDE = """
            trap '' TERM INT HUP QUIT USR1 USR2
            exec "$@"
            """;

    /**
     * From here on a signal ends the program, and one that came before has left word. The limit counts in the innermost user
     * namespace, where there is nobody but the dyno.
     */
    private static final String INSIDE = """
            read -r signal 2>/dev/null </run/procmodel/stop && kill -s "$signal" $$
            ulimit -u "$1" 2>/dev/null || ulimit -p "$1" 2>/dev/null
            shift
            exec "$@"
            """;

    private final String bwrap;
    private final String sh;
    private final String env;
    private final HostUser user;
    private final List<String> view;
    private final Optional<OverlayMount> overlays;

    private Bubblewrap(
            String bwrap, String sh, String env, HostUser user, List<String> view, Optional<OverlayMount> overlays) {
        this.bwrap = bwrap;
        this.sh = sh;
        this.env = env;
        this.user = user;
        this.view = List.copyOf(view);
        this.overlays = overlays;
    }

    /**
     * Describes the box, where the host has the programs for it. Whether it works is to be tried.
     *
     * @param hidden directories of the host that no dyno shall see
     * @param overlays how to mount overlays in a user namespace, if that is to be done
     */
    static Optional<Bubblewrap> find(HostTools tools, Set<Path> hidden, Optional<OverlayMount> overlays)
            throws IOException {
        Optional<String> bwrap = tools.find("bwrap");
        Optional<String> sh = tools.find("sh");
        Optional<String> env = tools.find("env");
        Optional<HostUser> user = HostUser.ofThisProcess();
        if (bwrap.isEmpty() || sh.isEmpty() || env.isEmpty() || user.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Bubblewrap(bwrap.get(), sh.get(), env.get(), user.get(), view(hidden), overlays));
    }

    /** Everything of the host but {@link #OWN}, to be read only. A root that can be written is needed to put /app in. */
    private static List<String> view(Set<Path> hidden) throws IOException {
        List<String> view = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/"))) {
            for (Path entry : new TreeSet<>(ImmutableList.copyOf(entries))) {
                if (Files.isSymbolicLink(entry)) {
                    view.addAll(
                            List.of("--symlink", Files.readSymbolicLink(entry).toString(), entry.toString()));
                } else if (!OWN.contains(entry.getFileName().toString())) {
                    view.addAll(List.of("--ro-bind-try", entry.toString(), entry.toString()));
                }
            }
        }
        view.addAll(List.of("--dev", "/dev", "--proc", "/proc", "--dir", "/run"));
        String names = "/run/systemd/resolve";
        view.addAll(List.of("--ro-bind-try", names, names));
        for (Path directory : hidden) {
            if (!OWN.contains(directory.getName(0).toString())) {
                view.addAll(List.of("--tmpfs", directory.toString()));
            }
        }
        return view;
    }

    @Override
    public Set<Capability> capabilities() {
        return overlays.isPresent() ? Set.of(Capability.SANDBOX, Capability.OVERLAY_FILES) : Set.of(Capability.SANDBOX);
    }

    @Override
    public List<String> commandLine(DynoHome home, List<String> program, int maxProcesses) {
        ImmutableList.Builder<String> line = ImmutableList.builder();
        home.overlay().ifPresent(overlay -> line.addAll(overlays.orElseThrow().prefix(overlay)));
        line.add(sh, "-c", OUTSIDE, "procmodel-box").add(bwrap);
        line.add("--unshare-user", "--uid", user.uid(), "--gid", user.gid());
        line.add("--unshare-pid", "--unshare-ipc", "--cap-drop", "ALL");
        line.addAll(view);
        line.add("--ro-bind", home.control().toString(), CONTROL);
        line.add("--bind", home.temporary().toString(), TMP);
        line.add("--bind", home.app().toString(), appPath(home), "--remount-ro", "/");
        line.add("--chdir", appPath(home), "--");
        line.add(env, "--default-signal=" + SIGNALS);
        line.add(sh, "-c", INSIDE, "procmodel-box", Integer.toString(maxProcesses));
        return line.addAll(program).build();
    }

    @Override
    public Path startDirectory(DynoHome home) {
        return home.app();
    }

    @Override
    public String appPath(DynoHome home) {
        return home.isCopy() ? APP : home.app().toString();
    }

    @Override
    public Optional<String> temporaryPath(DynoHome home) {
        return Optional.empty();
    }
}
