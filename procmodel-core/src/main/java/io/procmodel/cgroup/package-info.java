/**
 * Control groups of Linux: limits that the kernel holds a group of processes to, in the first version of that interface and
 * in the second. Not exported. Open {@link io.procmodel.cgroup.ControlGroups} first.
 */
@NullMarked
package io.procmodel.cgroup;

import org.jspecify.annotations.NullMarked;
