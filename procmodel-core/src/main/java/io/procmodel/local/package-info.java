/**
 * Running a Procfile where it lies, for local development: no slug, no release, the files of the directory and its
 * {@code .env}. Open {@link io.procmodel.local.LocalRun} first.
 */
@NullMarked
package io.procmodel.local;

import org.jspecify.annotations.NullMarked;
