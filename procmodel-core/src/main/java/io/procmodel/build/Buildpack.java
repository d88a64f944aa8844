package io.procmodel.build;

import io.procmodel.procfile.ProcessType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Knows how to build the apps of one language, in the three steps of Heroku's buildpack API (BLD-13, BLD-14, BLD-18).
 * Implementations are thread-safe and keep no state of a build; its steps run commands with {@link Build#run}.
 */
public interface Buildpack {
    /**
     * Says whether this buildpack is the one for an app. Only looks at the files; runs nothing.
     *
     * @param directory the root of the app
     * @return what kind of app it is, as people call it, for example {@code Node.js}; empty if it is none for this buildpack
     */
    Optional<String> detect(Path directory);

    /**
     * Builds in place: what is in {@link Build#directory()} afterwards is the slug.
     *
     * @throws BuildException if the app cannot be built
     */
    void compile(Build build);

    /**
     * The process types that an app of this kind has by default, after it was compiled. A type of the same name in the
     * Procfile wins over one from here (Heroku: PROC-17).
     *
     * @param directory the root of the app
     */
    List<ProcessType> defaultProcessTypes(Path directory);
}
