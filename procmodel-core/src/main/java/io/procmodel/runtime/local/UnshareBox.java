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
 * The sandbox where there is no bubblewrap: the same namespaces by unshare, the same view of the host put together by mount,
 * and tini as the first process, which reaps orphans and hands signals on to the dyno. It takes a program for each mount,
 * so it is slower.
 */
final class UnshareBox implements Box {
    private static final String APP = "/app";
    private static final String NEXT = "--";

    /**
     * Runs as the first process of its namespaces, and as a root that is none outside. The new root is put together on top of
     * /proc, as nothing that a dyno sees comes from there. The old root goes before the rest is made read-only, and with it
     * every way to what is not shown. A mount keeps the flags that it has on the host: the kernel insists.
     */
    private static final String SETUP = """
            (
              set -e
              PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
              app=$1 at=$2 tmp=$3 control=$4
              shift 4
              mount -t tmpfs -o mode=755 tmpfs /proc
              cd /proc
              mkdir -p proc dev/pts dev/shm tmp run/procmodel old
              mount -t proc proc proc
              while [ "$1" != -- ]; do
                if [ -d "$1" ]; then mkdir ".$1"; else : >".$1"; fi
                mount --rbind "$1" ".$1"
                shift
              done
              shift
              while [ "$1" != -- ]; do
                ln -s "$2" ".$1"
                shift 2
              done
              shift
              while [ "$1" != -- ]; do
                [ ! -d ".$1" ] || mount -t tmpfs tmpfs ".$1"
                shift
              done
              if [ -d /run/systemd/resolve ]; then
                mkdir -p run/systemd/resolve
                mount --rbind /run/systemd/resolve run/systemd/resolve
              fi
              for device in null zero full random urandom tty; do
                : >dev/$device
                mount --bind /dev/$device dev/$device
              done
              mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
              mount -t tmpfs tmpfs dev/shm
              ln -s pts/ptmx dev/ptmx
              ln -s /proc/self/fd dev/fd
              ln -s fd/0 dev/stdin
              ln -s fd/1 dev/stdout
              ln -s fd/2 dev/stderr
              mount --bind "$tmp" tmp
              mount --bind "$control" run/procmodel
              mkdir -p ".$at"
              mount --rbind "$app" ".$at"
              pivot_root . old
              cd /
              umount -l /old
              rmdir /old
              while read -r id parent device root point options rest; do
                case $point in
                  /proc | /proc/* | /dev | /dev/* | /tmp | /tmp/* | "$at" | "$at"/*) ;;
                  *) mount -o "remount,bind,ro,${options#r?}" "$point" ;;
                esac
              done </proc/self/mountinfo
            ) || exit 126
            cd "$2" || exit 126
            while [ "$1" != --- ]; do shift; done
            shift
            exec "$@"
            """;

    private static final String END = "---";

    private final List<String> namespaces;
    private final List<String> view;
    private final List<String> inside;
    private final BoxShell shell;
    private final Optional<OverlayMount> overlays;

    private UnshareBox(
            List<String> namespaces,
            List<String> view,
            List<String> inside,
            BoxShell shell,
            Optional<OverlayMount> overlays) {
        this.namespaces = List.copyOf(namespaces);
        this.view = List.copyOf(view);
        this.inside = List.copyOf(inside);
        this.shell = shell;
        this.overlays = overlays;
    }

    /**
     * Describes the box, where the host has the programs for it. Whether it works is to be tried.
     *
     * @param view what it shows of the host
     * @param overlays how to mount overlays in a user namespace, if that is to be done
     */
    static Optional<Box> find(HostTools tools, HostView view, Optional<OverlayMount> overlays) {
        Optional<String> unshare = tools.find("unshare");
        Optional<String> tini = tools.find("tini");
        Optional<String> setpriv = tools.find("setpriv");
        Optional<BoxShell> shell = BoxShell.find(tools);
        Optional<HostUser> user = HostUser.ofThisProcess();
        if (unshare.isEmpty() || tini.isEmpty() || setpriv.isEmpty() || shell.isEmpty() || user.isEmpty()) {
            return Optional.empty();
        }
        List<String> namespaces =
                List.of(unshare.get(), "--user", "--map-root-user", "--mount", "--pid", "--fork", "--ipc", NEXT);
        List<String> inside = inside(unshare.get(), setpriv.get(), tini.get(), user.get());
        return Optional.of(new UnshareBox(namespaces, arguments(view), inside, shell.get(), overlays));
    }

    private static List<String> arguments(HostView view) {
        List<String> line = new ArrayList<>();
        view.directories().forEach(shown -> line.add(shown.toString()));
        line.add(NEXT);
        view.links()
                .forEach(link -> line.addAll(
                        List.of(link.path().toString(), link.target().toString())));
        line.add(NEXT);
        view.hidden().forEach(hidden -> line.add(hidden.toString()));
        line.add(NEXT);
        return line;
    }

    /** In a user namespace more the dyno is who the host is, and has no right over the mounts any more. */
    private static List<String> inside(String unshare, String setpriv, String tini, HostUser user) {
        ImmutableList.Builder<String> line = ImmutableList.builder();
        line.add(unshare, "--user", "--map-user=" + user.uid(), "--map-group=" + user.gid(), NEXT);
        if (user.isRoot()) {
            line.add(setpriv, "--bounding-set=-all", "--inh-caps=-all", NEXT);
        }
        return line.add(tini, "-g", NEXT).build();
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
        line.addAll(namespaces);
        line.add(shell.sh(), "-c", SETUP, "procmodel-box");
        line.add(home.app().toString(), appPath(home));
        line.add(home.temporary().toString(), home.control().toString());
        line.addAll(view).add(END).addAll(inside);
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
