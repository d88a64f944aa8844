package io.procmodel;

import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.StateDocument;
import io.procmodel.state.StateName;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Which pipeline and stage an app is in: a document of its state, {@code PIPELINE STAGE}, or blank for none. */
record Couplings(AppStateStore states) {
    private static final StateName NAME = StateName.of("pipeline");

    void set(AppName app, String pipeline, PipelineStage stage) {
        states.update(app, NAME, before -> {
            String other = pipeline(before).orElse(pipeline);
            if (!other.equals(pipeline)) {
                throw new PromotionException("app " + app + " is in pipeline " + other + " (expected: in none)");
            }
            return pipeline + " " + stage;
        });
    }

    void clear(AppName app, String pipeline) {
        if (stage(app, pipeline).isPresent()) {
            states.update(
                    app, NAME, before -> pipeline(before).equals(Optional.of(pipeline)) ? " " : before.orElse(" "));
        }
    }

    Optional<PipelineStage> stage(AppName app, String pipeline) {
        Optional<String> text = states.load(app, NAME).map(StateDocument::text);
        return pipeline(text).equals(Optional.of(pipeline))
                ? Optional.of(read(app, text.orElseThrow()))
                : Optional.empty();
    }

    private static Optional<String> pipeline(Optional<String> text) {
        return text.map(present -> present.substring(0, Math.max(0, present.indexOf(' '))))
                .filter(name -> !name.isEmpty());
    }

    private static PipelineStage read(AppName app, String text) {
        String word = text.substring(text.indexOf(' ') + 1);
        try {
            return PipelineStage.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new StorageException("read", NAME + " of " + app, new IOException("no stage: " + word, e));
        }
    }
}
