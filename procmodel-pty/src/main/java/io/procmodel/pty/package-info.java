/**
 * Pseudo-terminals made by the host itself, in native code that the module brings along, for attached dynos. Give
 * {@link io.procmodel.pty.PtyTerminals} to the platform's builder.
 */
@NullMarked
package io.procmodel.pty;

import org.jspecify.annotations.NullMarked;
