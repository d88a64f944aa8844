package io.procmodel.cgroup;

import java.nio.file.Path;
import java.util.Set;

/**
 * A place where control groups may be made, as far as one can see without trying.
 *
 * @param directory the group that they would be made in
 * @param version of the interface
 * @param controllers what can be limited there
 */
record Hierarchy(Path directory, Version version, Set<Controller> controllers) {}
