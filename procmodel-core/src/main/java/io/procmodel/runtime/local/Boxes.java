package io.procmodel.runtime.local;

import com.google.common.collect.ImmutableList;
import io.procmodel.file.FileTree;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.MissingCapabilityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the best box that works on this host, by trying. */
final class Boxes {
    private static final int PROBE_PROCESSES = 64;

    /** A box that works answers in milliseconds, but on a machine that is very busy a want of patience would open it. */
    private static final long PROBE_SECONDS = 60;

    private static final String WRITES_ONLY_HERE = "test -f mark && echo x > mark && echo x > \"$1/new\"";

    /** How a kind of sandbox is found. */
    private interface Kind {
        Optional<Box> find(HostTools tools, HostView view, Optional<OverlayMount> overlays);
    }

    private final HostTools tools;
    private final RunDirectory directory;
    private final Set<Path> hidden;
    private final TreeCopy copy;

    Boxes(HostTools tools, RunDirectory directory, Set<Path> hidden, TreeCopy copy) {
        this.tools = tools;
        this.directory = directory;
        this.hidden = hidden;
        this.copy = copy;
    }

    /**
     * The best box, or the best of an isolation.
     *
     * @throws MissingCapabilityException if that isolation is not to be had
     */
    Box best(Optional<Isolation> wanted) throws IOException {
        if (wanted.equals(Optional.of(Isolation.NONE))) {
            return open();
        }
        Optional<Box> sandbox = sandbox();
        if (sandbox.isEmpty() && wanted.isPresent()) {
            throw new MissingCapabilityException(Capability.SANDBOX, open().capabilities());
        }
        return sandbox.isPresent() ? sandbox.get() : open();
    }

    /** The first that works. */
    private Optional<Box> sandbox() throws IOException {
        Optional<OverlayMount> overlays = OverlayMount.forUsers(tools, directory.root());
        HostView view = HostView.without(hidden);
        for (Kind kind : List.<Kind>of(Bubblewrap::find, UnshareBox::find)) {
            Optional<Box> full = overlays.isPresent() ? kind.find(tools, view, overlays) : Optional.empty();
            if (full.isPresent() && works(full.get(), true)) {
                return full;
            }
            Optional<Box> plain = kind.find(tools, view, Optional.empty());
            if (plain.isPresent() && works(plain.get(), false)) {
                return plain;
            }
        }
        return Optional.empty();
    }

    private Box open() throws IOException {
        if (HostUser.ofThisProcess().filter(HostUser::isRoot).isPresent()) {
            Optional<OverlayMount> overlays = OverlayMount.forRoot(tools, directory.root());
            Box mounted = new OpenBox(overlays);
            if (overlays.isPresent() && works(mounted, true)) {
                return mounted;
            }
        }
        return new OpenBox(Optional.empty());
    }

    /** Runs a program in the box that writes where a dyno may, and looks whether the original was spared. */
    private boolean works(Box box, boolean overlay) throws IOException {
        Path slug = Files.createDirectories(directory.slugs().resolve("probe"));
        Path original = Files.writeString(slug.resolve("mark"), "original");
        Path root = directory.dynos().resolve("probe");
        try {
            DynoHome home = overlay ? DynoHome.overlay(root, slug) : DynoHome.freshCopy(root, slug, copy);
            String temporary = box.temporaryPath(home).orElse("/tmp");
            List<String> program =
                    List.of(tools.find("sh").orElse("/bin/sh"), "-c", WRITES_ONLY_HERE, "procmodel-probe", temporary);
            List<String> line = ImmutableList.<String>builder()
                    .addAll(box.mount(home).map(Mount::prefix).orElse(List.of()))
                    .addAll(box.commandLine(home, program, PROBE_PROCESSES))
                    .build();
            return new Command(line, PROBE_SECONDS).succeedsIn(box.startDirectory(home))
                    && "original".equals(Files.readString(original));
        } finally {
            FileTree.delete(root);
            FileTree.delete(slug);
        }
    }
}
