package io.procmodel.build;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Knows how to build the apps of one kind, in the three steps of Heroku's buildpack API (BLD-13, BLD-14, BLD-18).
 * Implementations are thread-safe and keep no state of a build; its steps run commands with {@link Build#run}.
 */
public interface Buildpack {
    /** What it is and how it knows its apps, for errors and lists, for example {@code Node.js (package.json)}. */
    String description();

    /**
     * Says whether this buildpack is the one for an app.
     *
     * @return what kind of app it is, as people call it, for example {@code Node.js}; empty if it is none for this buildpack
     * @throws BuildException if that cannot be found out
     */
    Optional<String> detect(Build build);

    /**
     * Builds in place: what is in {@link Build#directory()} afterwards is the slug.
     *
     * @throws BuildException if the app cannot be built
     */
    void compile(Build build);

    /**
     * What an app of this kind has by default, after it was compiled. A process type of the same name in the Procfile wins
     * over one from here (Heroku: PROC-17).
     *
     * @throws BuildException if that cannot be found out
     */
    BuildpackRelease release(Build build);

    /**
     * A buildpack in a directory, as it is published: {@code bin/detect}, {@code bin/compile}, and {@code bin/release} if it
     * has one, in whatever language. Each build works on a fresh copy of the directory. It is not read before that.
     */
    static Buildpack directory(Path directory) {
        return DirectoryBuildpack.in(directory);
    }

    /**
     * A buildpack at an address, as it is published (Heroku: BLD-22). Each build fetches it anew, in 90 seconds at most.
     *
     * @param address one that {@code source} takes
     */
    static Buildpack fetched(String address, BuildpackSource source) {
        return DirectoryBuildpack.from(address, source);
    }

    /**
     * The buildpacks of this library by the names that an app can set them by, such as {@code heroku/nodejs}, in the order
     * in which they are asked (Heroku: BLD-24).
     */
    static Map<String, Buildpack> builtIn() {
        return BuiltIn.inOrder();
    }
}
