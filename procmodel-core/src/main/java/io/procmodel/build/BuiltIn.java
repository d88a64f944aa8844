package io.procmodel.build;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** The buildpacks of this library by the names that an app can set them by, in the order of BLD-24. */
final class BuiltIn {
    private BuiltIn() {}

    static Map<String, Buildpack> inOrder() {
        return ImmutableMap.<String, Buildpack>builder()
                .put("heroku/ruby", new RubyBuildpack())
                .put("heroku/nodejs", new NodeBuildpack())
                .put("heroku/clojure", new ClojureBuildpack())
                .put("heroku/python", new PythonBuildpack())
                .put("heroku/java", new MavenBuildpack())
                .put("heroku/gradle", new GradleBuildpack())
                .put("heroku/scala", new ScalaBuildpack())
                .put("heroku/php", new PhpBuildpack())
                .put("heroku/go", new GoBuildpack())
                .put("procmodel/static", new StaticBuildpack())
                .put("procmodel/procfile", new ProcfileBuildpack())
                .buildOrThrow();
    }
}
