package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableList;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sandbox by bubblewrap: user, process and mount namespaces, without root. Its own first process reaps orphans and dies
 * with the dyno's process group, and the whole box with it. Its death is never tied to a parent's: that signal follows
 * the thread that has spawned it.
 */
final class Bubblewrap implements Box {
    private static final String APP = "/app";
    private static final String TMP = "/tmp";

    private final String bwrap;
    private final BoxShell shell;
    private final HostUser user;
    private final List<String> view;
    private final Optional<OverlayMount> overlays;

    private Bubblewrap(
            String bwrap, BoxShell shell, HostUser user, List<String> view, Optional<OverlayMount> overlays) {
        this.bwrap = bwrap;
        this.shell = shell;
        this.user = user;
        this.view = List.copyOf(view);
        this.overlays = overlays;
    }

    /**
     * Describes the box, where the host has the programs for it. Whether it works is to be tried.
     *
     * @param view what it shows of the host
     * @param overlays how to mount overlays in a user namespace, if that is to be done
     */
    static Optional<Box> find(HostTools tools, HostView view, Optional<OverlayMount> overlays) {
        Optional<String> bwrap = tools.find("bwrap");
        Optional<BoxShell> shell = BoxShell.find(tools);
        Optional<HostUser> user = HostUser.ofThisProcess();
        if (bwrap.isEmpty() || shell.isEmpty() || user.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Bubblewrap(bwrap.get(), shell.get(), user.get(), arguments(view), overlays));
    }

    /** A root that can be written is needed to put /app in. */
    private static List<String> arguments(HostView view) {
        List<String> line = new ArrayList<>();
        view.links()
                .forEach(link -> line.addAll(List.of(
                        "--symlink", link.target().toString(), link.path().toString())));
        view.directories().forEach(shown -> line.addAll(List.of("--ro-bind-try", shown.toString(), shown.toString())));
        line.addAll(List.of("--dev", "/dev", "--proc", "/proc", "--dir", "/run"));
        line.addAll(List.of("--ro-bind-try", HostView.NAMES, HostView.NAMES));
        view.hidden().forEach(hidden -> line.addAll(List.of("--tmpfs", hidden.toString())));
        return line;
    }

    @Override
    public Set<Capability> capabilities() {
        return overlays.isPresent() ? Set.of(Capability.SANDBOX, Capability.OVERLAY_FILES) : Set.of(Capability.SANDBOX);
    }

    @Override
    public Optional<Mount> mount(DynoHome home) {
        return home.overlay().map(overlay -> overlays.orElseThrow().of(overlay));
    }

    @Override
    public List<String> commandLine(DynoHome home, List<String> program, int maxProcesses) {
        ImmutableList.Builder<String> line = ImmutableList.builder();
        line.add(bwrap, "--unshare-user", "--uid", user.uid(), "--gid", user.gid());
        line.add("--unshare-pid", "--unshare-ipc", "--cap-drop", "ALL");
        line.addAll(view);
        line.add("--ro-bind", home.control().toString(), BoxShell.CONTROL);
        line.add("--bind", home.temporary().toString(), TMP);
        line.add("--bind", home.app().toString(), appPath(home), "--remount-ro", "/");
        line.add("--chdir", appPath(home), "--");
        return line.addAll(shell.inside(maxProcesses)).addAll(program).build();
    }

    @Override
    public boolean isWall() {
        return true;
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

    @Override
    public void announce(DynoHome home, StopSignal signal) {
        home.announce(signal);
    }
}
