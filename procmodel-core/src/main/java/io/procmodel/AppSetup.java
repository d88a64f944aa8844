package io.procmodel;

import static java.util.Objects.requireNonNull;

import io.procmodel.addon.AddOnOrder;
import io.procmodel.build.AppJson;
import io.procmodel.build.BuildOutput;
import io.procmodel.build.BuildRequest;
import io.procmodel.build.BuildResult;
import io.procmodel.build.Source;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates an app from its source, as its {@code app.json} asks for (Heroku: PIPE-9 to PIPE-15). {@link #create} does it; the
 * other methods say what the file leaves open. For one thread and one app.
 */
public final class AppSetup {
    private static final String HEROKU = "https://github.com/heroku/heroku-buildpack-";

    private final Platform platform;
    private final AppContext context;
    private final AppName name;
    private final Source source;
    private final Map<String, String> env = new LinkedHashMap<>();
    private BuildOutput output = BuildOutput.discarding();
    private Duration postdeployLimit = Duration.ofHours(1);

    AppSetup(Platform platform, AppContext context, AppName name, Source source) {
        this.platform = platform;
        this.context = context;
        this.name = name;
        this.source = requireNonNull(source, "source");
    }

    /** Gives a config var; it wins over the value of the file. */
    public AppSetup env(String key, String value) {
        env.put(key, value);
        return this;
    }

    /** Has somebody read what the build says. */
    public AppSetup output(BuildOutput reader) {
        this.output = requireNonNull(reader, "reader");
        return this;
    }

    /** How long the command of {@code scripts.postdeploy} may take; an hour by default. */
    public AppSetup postdeployLimit(Duration limit) {
        this.postdeployLimit = requireNonNull(limit, "limit");
        return this;
    }

    /**
     * Builds the app, creates it with its config vars, buildpacks and add-ons, releases it, scales it, and runs its
     * {@code postdeploy} command in a one-off dyno. Blocks for the time of all that. Before the build has succeeded there is
     * no app, so that a failure up to there leaves nothing.
     *
     * @throws io.procmodel.build.AppJsonException if the file is wrong, or a required config var is missing
     * @throws io.procmodel.error.InvalidValueException if a buildpack is none that the platform knows
     * @throws io.procmodel.build.BuildException if the build fails
     * @throws AppExistsException if there is an app of that name
     * @throws AppSetupException if a step after that fails; the app is there then
     */
    public App create() {
        if (platform.findApp(name.value()).isPresent()) {
            throw new AppExistsException(name);
        }
        AppJson file = context.builder().appJson(source);
        ConfigVars config = file.config(env, new SecureRandom());
        List<String> buildpacks =
                file.buildpacks().stream().map(AppSetup::builtIn).toList();
        BuildResult built = context.builder()
                .run(BuildRequest.of(source)
                        .config(config)
                        .buildpacks(buildpacks.stream()
                                .map(context.buildpacks()::find)
                                .toList())
                        .cacheDirectory(context.buildCaches().apply(name))
                        .fetchDirectory(context.fetchedBuildpacks().apply(name))
                        .output(output));
        App app = platform.createApp(name);
        furnish(app, file, config, buildpacks, built);
        return app;
    }

    /** Heroku's own buildpacks are known here by their names; the library has its own for them. */
    private static String builtIn(String url) {
        return url.startsWith(HEROKU)
                ? "heroku/" + url.substring(HEROKU.length()).replaceFirst("(\\.git)?(#.*)?$", "")
                : url;
    }

    private void furnish(App app, AppJson file, ConfigVars config, List<String> buildpacks, BuildResult built) {
        step("buildpacks", () -> app.buildpacks().set(buildpacks.toArray(String[]::new)));
        step("env", () -> app.config().set(config.asMap()));
        for (AppJson.AddOn addOn : file.addOns()) {
            AddOnOrder order = AddOnOrder.of(addOn.plan());
            step("addons", () -> app.addOns().add(addOn.as().map(order::as).orElse(order)));
        }
        step("release", () -> app.release(built.slug()));
        step("buildpacks", () -> app.buildpacks().remember(built.buildpack()));
        if (!file.formation().isEmpty()) {
            step(
                    "formation",
                    () -> app.formation()
                            .scale(file.formation().entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                                    .toArray(String[]::new)));
        }
        file.postdeploy().ifPresent(command -> step("scripts.postdeploy", () -> postdeploy(app, command)));
    }

    private void postdeploy(App app, String command) {
        int status = app.run(command).detached().await(postdeployLimit);
        if (status != 0) {
            throw new ProcModelException(command + " ended with status " + status + " (expected: 0)");
        }
    }

    private void step(String what, Runnable step) {
        try {
            step.run();
        } catch (ProcModelException e) {
            throw new AppSetupException(name, what, String.valueOf(e.getMessage()), e);
        }
    }
}
