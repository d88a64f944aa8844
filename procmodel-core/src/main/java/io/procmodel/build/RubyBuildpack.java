package io.procmodel.build;

import io.procmodel.procfile.ProcessType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Builds Ruby apps with the Ruby and Bundler of this machine. Where the machine's own gems satisfy the app they are used,
 * as with a distribution's packages; otherwise the gems go into {@code vendor/bundle}.
 */
final class RubyBuildpack extends LanguageBuildpack {
    private static final String LOCK = "Gemfile.lock";
    private static final String BUNDLE = "vendor/bundle";
    private static final Pattern RAILS = Pattern.compile("(?m)^ {4}rails(ties)? \\(");

    RubyBuildpack() {
        super("Ruby", "Gemfile");
    }

    @Override
    public void compile(Build build) {
        Path ruby = build.program("ruby", "a Ruby app", "Ruby, for example the package ruby of the operating system");
        Path bundle = build.program(
                "bundle", "a Gemfile", "Bundler, for example the package bundler of the operating system");
        build.output().step("Using " + build.capture(command(ruby, "--version"), Map.of()));
        build.output().step("Installing gems");
        Map<String, String> settings = install(build, bundle);
        build.profile("ruby.sh", exports(settings));
        precompileAssets(build, bundle, settings);
    }

    /** Gives the settings with which Bundler finds the gems again. */
    private static Map<String, String> install(Build build, Path bundle) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("BUNDLE_WITHOUT", "development:test");
        if (build.has(LOCK)) {
            settings.put("BUNDLE_FROZEN", "true");
        }
        if (build.succeeds(command(bundle, "install", "--local", "--quiet"), settings)) {
            build.output().detail("The gems of this machine are all that the app needs");
            return settings;
        }
        settings.put("BUNDLE_PATH", BUNDLE);
        build.restore("ruby/bundle", BUNDLE);
        build.run(command(bundle, "install", "--jobs", "4", "--retry", "1"), settings);
        build.run(command(bundle, "clean"), settings);
        build.keep(BUNDLE, "ruby/bundle");
        return settings;
    }

    private static String exports(Map<String, String> settings) {
        StringBuilder script = new StringBuilder();
        settings.forEach((name, value) -> script.append("export ")
                .append(name)
                .append("=\"")
                .append(value)
                .append("\"\n"));
        return script.toString();
    }

    private static void precompileAssets(Build build, Path bundle, Map<String, String> settings) {
        if (isRails(build) && build.has("Rakefile")) {
            build.output().step("Precompiling assets");
            Map<String, String> variables = new LinkedHashMap<>(settings);
            variables.put("SECRET_KEY_BASE_DUMMY", "1");
            if (!build.config().keys().contains("RAILS_ENV")) {
                variables.put("RAILS_ENV", "production");
            }
            build.run(command(bundle, "exec", "rake", "assets:precompile"), variables);
        }
    }

    private static boolean isRails(Build build) {
        return build.has(LOCK) && RAILS.matcher(build.read(LOCK)).find();
    }

    @Override
    public BuildpackRelease release(Build build) {
        List<ProcessType> types = new ArrayList<>();
        types.add(new ProcessType("rake", "bundle exec rake"));
        if (isRails(build)) {
            types.add(new ProcessType("console", "bin/rails console"));
            types.add(
                    new ProcessType(ProcessType.WEB, "bin/rails server -p ${PORT:-5000} -e ${RAILS_ENV:-production}"));
        } else {
            types.add(new ProcessType("console", "bundle exec irb"));
            if (build.has("config.ru")) {
                types.add(new ProcessType(ProcessType.WEB, "bundle exec rackup config.ru -p ${PORT:-5000}"));
            }
        }
        return BuildpackRelease.of(types);
    }
}
