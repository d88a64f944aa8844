/**
 * Git in front of a platform: a revision of a repository as a source, and a push over HTTP that builds and deploys. Open
 * {@link io.procmodel.git.GitSource} and {@link io.procmodel.git.GitServer} first.
 */
@NullMarked
package io.procmodel.git;

import org.jspecify.annotations.NullMarked;
