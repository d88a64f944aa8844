/**
 * The ways on which what a program says comes to this JVM: named pipes, of which nothing is lost, and the JDK's where there
 * are none. Not exported. Open {@link io.procmodel.pipe.OutputChannels} first.
 */
@NullMarked
package io.procmodel.pipe;

import org.jspecify.annotations.NullMarked;
