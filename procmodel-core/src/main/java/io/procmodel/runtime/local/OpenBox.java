package io.procmodel.runtime.local;

import io.procmodel.runtime.Capability;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** No isolation: the dyno runs among the host's files; at most it has a mount of its own for its copy of the slug. */
final class OpenBox implements Box {
    private final Optional<OverlayMount> overlays;

    /**
     * Creates the box.
     *
     * @param overlays how to mount overlays, where that is possible without a user namespace
     */
    OpenBox(Optional<OverlayMount> overlays) {
        this.overlays = overlays;
    }

    @Override
    public Set<Capability> capabilities() {
        return overlays.isPresent() ? Set.of(Capability.OVERLAY_FILES) : Set.of();
    }

    @Override
    public Optional<Mount> mount(DynoHome home) {
        return home.overlay().map(overlay -> overlays.orElseThrow().of(overlay));
    }

    @Override
    public List<String> commandLine(DynoHome home, List<String> program, int maxProcesses) {
        return List.copyOf(program);
    }

    @Override
    public Path startDirectory(DynoHome home) {
        return home.app();
    }

    @Override
    public String appPath(DynoHome home) {
        return home.app().toString();
    }

    @Override
    public Optional<String> temporaryPath(DynoHome home) {
        return Optional.of(home.temporary().toString());
    }
}
