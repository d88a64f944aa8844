package io.procmodel.cgroup;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds where this process may make control groups: in the group that it is in, as it may hand on no more than it has. A
 * group of the second version that has processes cannot have limited groups as well, so there the groups around it follow.
 */
final class CgroupMounts {
    private static final Splitter WORDS = Splitter.on(' ');
    private static final Splitter NAMES = Splitter.on(',');
    private static final String TYPE = " - ";
    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;
    private static final int OPTIONS = 2;

    private final Path self;

    /**
     * Reads what the kernel tells of this process.
     *
     * @param self {@code /proc/self}
     */
    CgroupMounts(Path self) {
        this.self = self;
    }

    /** The places to try, best first; none where there are no control groups. */
    List<Hierarchy> hierarchies() {
        List<Hierarchy> found = new ArrayList<>();
        try {
            List<String> groups = Files.readAllLines(self.resolve("cgroup"));
            for (String mount : Files.readAllLines(self.resolve("mountinfo"))) {
                int type = mount.indexOf(TYPE);
                if (type > 0) {
                    add(
                            WORDS.splitToList(mount.substring(0, type)),
                            mount.substring(type + TYPE.length()),
                            groups,
                            found);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }

    private static void add(List<String> mount, String filesystem, List<String> groups, List<Hierarchy> found) {
        List<String> words = WORDS.splitToList(filesystem);
        Path point = Path.of(mount.get(MOUNT_POINT));
        if ("cgroup2".equals(words.get(0))) {
            Path own = own(point, mount.get(ROOT), group("", groups));
            for (Path place = own; place != null && place.startsWith(point); place = place.getParent()) {
                found.add(new Hierarchy(place, Version.SECOND, EnumSet.allOf(Controller.class)));
            }
        } else if ("cgroup".equals(words.get(0))) {
            Set<Controller> controllers = Controller.among(NAMES.splitToList(words.get(OPTIONS)));
            if (!controllers.isEmpty()) {
                String name = controllers.iterator().next().kernelName();
                found.add(new Hierarchy(own(point, mount.get(ROOT), group(name, groups)), Version.FIRST, controllers));
            }
        }
    }

    /** The group of this process in the hierarchy of a controller, or of the second version, which has no name. */
    private static String group(String controller, List<String> groups) {
        for (String line : groups) {
            List<String> fields = Splitter.on(':').limit(3).splitToList(line);
            if (fields.size() == 3 && NAMES.splitToList(fields.get(1)).contains(controller)) {
                return fields.get(2);
            }
        }
        return "/";
    }

    /** A container may see only a part of the hierarchy, and that at its mount point. */
    private static Path own(Path point, String mountedRoot, String group) {
        Path root = Path.of(mountedRoot);
        Path path = Path.of(group).normalize();
        return path.startsWith(root) ? point.resolve(root.relativize(path).toString()) : point;
    }
}
