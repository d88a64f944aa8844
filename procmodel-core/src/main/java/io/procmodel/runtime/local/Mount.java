package io.procmodel.runtime.local;

import java.nio.file.Path;
import java.util.List;

/**
 * An overlay that a process mounts in a namespace of its own before it becomes its program.
 *
 * @param forUser whether that takes a user namespace as well, in which the process believes that it is root
 * @param base where the paths begin
 * @param options the layers, as {@code mount} takes them
 * @param place where it is mounted
 * @param prefix programs that do it, as an argument vector that another one follows
 */
record Mount(boolean forUser, Path base, String options, String place, List<String> prefix) {}
