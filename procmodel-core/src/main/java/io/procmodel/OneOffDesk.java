package io.procmodel;

import io.procmodel.formation.DynoSize;
import io.procmodel.formation.FormationEntry;
import io.procmodel.release.Release;

/**
 * Where one-off dynos of an app are asked for. It takes no lock of the app, so that a release phase can run one.
 *
 * @param context what the app shares with its platform
 * @param desk knows the current release and the formation
 * @param manager starts them
 */
record OneOffDesk(AppContext context, ReleaseDesk desk, DynoManager manager) {
    OneOffDyno start(OneOffSpec spec) {
        return manager.runOnce(spec);
    }

    Release current() {
        manager.requireOpen("run on " + manager.app());
        return desk.current();
    }

    DynoSize size(String name) {
        return context.sizes().of(name);
    }

    DynoSize defaultSize(String type) {
        return desk.formation().entries().stream()
                .filter(entry -> entry.type().equals(type))
                .map(FormationEntry::size)
                .findFirst()
                .orElse(DynoSize.STANDARD_1X);
    }

    String user() {
        return context.user();
    }
}
