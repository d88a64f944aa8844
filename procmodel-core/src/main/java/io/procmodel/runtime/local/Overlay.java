package io.procmodel.runtime.local;

import java.nio.file.Path;

/**
 * The four directories of a copy-on-write view of a slug.
 *
 * @param lower the expanded slug, which is only read
 * @param upper what the dyno has changed
 * @param work the kernel's own
 * @param merged where the dyno sees both as one
 */
record Overlay(Path lower, Path upper, Path work, Path merged) {}
