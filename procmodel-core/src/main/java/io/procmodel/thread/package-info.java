/**
 * How the library's threads are made: daemons with a name that says whose they are. Not exported. Open
 * {@link io.procmodel.thread.NamedThreads} first.
 */
@NullMarked
package io.procmodel.thread;

import org.jspecify.annotations.NullMarked;
