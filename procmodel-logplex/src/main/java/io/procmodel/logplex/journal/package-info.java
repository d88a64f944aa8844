/**
 * The lines of an app in mapped files, which survive the death of the host's process: what was written is there when the
 * files are opened again, whatever state they are in. Internal; open {@link io.procmodel.logplex.journal.Journal} first.
 */
@NullMarked
package io.procmodel.logplex.journal;

import org.jspecify.annotations.NullMarked;
