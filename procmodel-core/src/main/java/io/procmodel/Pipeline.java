package io.procmodel;

import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDiff;
import io.procmodel.release.ReleaseStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Apps that hand one slug on from stage to stage. An app is in one pipeline and one stage at most, which is part of its own
 * state; a pipeline is there as long as an app is in it. Thread-safe.
 */
public final class Pipeline {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,29}");

    private final String name;
    private final Platform platform;
    private final Couplings couplings;
    private final ReleaseDiffs diffs;

    Pipeline(String name, Platform platform, Couplings couplings, ReleaseDiffs diffs) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException(
                    "pipeline name", name, "3 to 30 of a-z, 0-9 and '-', starting with a letter");
        }
        this.name = name;
        this.platform = platform;
        this.couplings = couplings;
        this.diffs = diffs;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /**
     * Puts an app into a stage, or moves it from another stage of this pipeline; durable when this returns.
     *
     * @throws PromotionException if the app is in another pipeline (Heroku: PIPE-2)
     */
    public void add(App app, PipelineStage stage) {
        couplings.set(app.name(), name, stage);
    }

    /** Takes an app out; one that is not in it is fine. */
    public void remove(App app) {
        couplings.clear(app.name(), name);
    }

    /** The apps of a stage, by name. */
    public List<App> apps(PipelineStage stage) {
        return platform.apps().stream()
                .filter(app -> stage(app).equals(Optional.of(stage)))
                .toList();
    }

    /** The stage of an app, or empty if it is not in this pipeline. */
    public Optional<PipelineStage> stage(App app) {
        return couplings.stage(app.name(), name);
    }

    /**
     * Gives the slug of an app's current release to every app of the next stage, each with its own config vars and add-ons
     * (Heroku: PIPE-3). The release command runs on each of them, and one that fails does not stop the others. Blocks until
     * all are through.
     *
     * @throws PromotionException if the app is not in a stage that promotes, or the next stage has no app (PIPE-6)
     * @throws NothingDeployedException if it has no slug
     */
    public Promotion promote(App source) {
        PipelineStage stage = stageOf(source);
        PipelineStage next = stage.next()
                .orElseThrow(() -> new PromotionException("Cannot promote " + source + " from '" + stage + "' stage"));
        List<App> targets = apps(next);
        if (targets.isEmpty()) {
            throw new PromotionException(
                    "Cannot promote from " + source + " as there are no downstream apps in " + next + " stage");
        }
        return promote(source, targets);
    }

    /**
     * Gives the slug of an app's current release to certain apps of the pipeline, whatever their stage.
     *
     * @throws PromotionException if a target is the source itself or not in this pipeline
     * @throws NoSuchAppException if there is no such app
     */
    public Promotion promote(App source, String... targets) {
        stageOf(source);
        List<App> apps = Arrays.stream(targets).map(platform::app).toList();
        for (App target : apps) {
            if (target.name().equals(source.name())) {
                throw new PromotionException(
                        "Cannot promote from an app to itself: " + target + ". Specify a different target app.");
            }
            stageOf(target);
        }
        return promote(source, apps);
    }

    private Promotion promote(App source, List<App> targets) {
        Release release = source.releases().current();
        if (release.slug().isEmpty()) {
            throw new NothingDeployedException(source.name(), release.name());
        }
        return new Promotion(
                source.name(),
                release,
                targets.stream()
                        .map(target -> promote(source.name(), release, target))
                        .toList());
    }

    private static Promotion.Target promote(AppName source, Release release, App target) {
        try {
            Release made = target.promoted(source, release);
            Optional<String> error = made.status() == ReleaseStatus.SUCCEEDED
                    ? Optional.empty()
                    : Optional.of("Release " + made.name() + " command failed");
            return new Promotion.Target(target.name(), Optional.of(made), error);
        } catch (ProcModelException e) {
            return new Promotion.Target(target.name(), Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private PipelineStage stageOf(App app) {
        return stage(app).orElseThrow(() -> new PromotionException("app " + app + " is not in pipeline " + name));
    }

    /** How each app of the next stage differs from an app: what a promotion would bring, and what its own config is. */
    public Map<App, ReleaseDiff> diff(App source) {
        Map<App, ReleaseDiff> differences = new LinkedHashMap<>();
        stageOf(source).next().ifPresent(next -> {
            for (App target : apps(next)) {
                differences.put(
                        target,
                        diffs.between(
                                target.releases().current(), source.releases().current()));
            }
        });
        return differences;
    }

    @Override
    public String toString() {
        return name;
    }
}
