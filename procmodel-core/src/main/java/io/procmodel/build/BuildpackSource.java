package io.procmodel.build;

import io.procmodel.error.ProcModelException;

/**
 * Fetches the buildpacks that apps set by an address (Heroku: BLD-22). An SPI: this library brings {@link #archives()}, its
 * git module a source of repositories. Implementations are thread-safe.
 */
public interface BuildpackSource {
    /** Whether an address is of the kind that this source fetches; nothing is asked of a disk or a network. */
    boolean takes(String address);

    /**
     * Puts a buildpack into an empty directory. Blocks for as long as {@link BuildpackFetch#isOver} says no.
     *
     * @throws BuildpackException if it is not to be had
     * @throws ProcModelException if something else is in the way
     */
    void fetch(BuildpackFetch fetch);

    /**
     * The source of archives: the absolute path of a {@code .tar}, {@code .tar.gz} or {@code .tgz}, or its {@code file},
     * {@code http} or {@code https} address. If all of an archive is in one directory, as in those that code hosts make, that
     * directory is the buildpack. An archive is asked for anew for each build, and kept in case its server says that it has
     * not changed. Hostile ones are refused.
     */
    static BuildpackSource archives() {
        return new ArchiveBuildpacks();
    }
}
