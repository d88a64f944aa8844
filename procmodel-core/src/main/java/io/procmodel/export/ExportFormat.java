package io.procmodel.export;

import java.util.List;

/** The process managers that can be exported to. */
public enum ExportFormat {
    /** A service for each dyno, and a target that wants them all. */
    SYSTEMD,
    /** One configuration with a program for each dyno, and a group. */
    SUPERVISORD,
    /** A property list for each dyno. */
    LAUNCHD,
    /** A service directory with its log service for each dyno. */
    RUNIT,
    /** One compose file with a service for each dyno. */
    COMPOSE;

    List<ExportedFile> files(ExportPlan plan) {
        return switch (this) {
            case SYSTEMD -> SystemdFiles.of(plan);
            case SUPERVISORD -> SupervisordFiles.of(plan);
            case LAUNCHD -> LaunchdFiles.of(plan);
            case RUNIT -> RunitFiles.of(plan);
            case COMPOSE -> ComposeFiles.of(plan);
        };
    }
}
