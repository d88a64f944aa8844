/**
 * The host's own log lines, written with Logback, as a source of an app's stream. Needs Logback on the class path; open
 * {@link io.procmodel.logplex.logback.LogplexAppender} first.
 */
@NullMarked
package io.procmodel.logplex.logback;

import org.jspecify.annotations.NullMarked;
