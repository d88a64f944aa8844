package io.procmodel;

import java.util.Locale;
import java.util.Optional;

/** The stages of a pipeline (Heroku: PIPE-1). */
public enum PipelineStage {
    /** Apps of a test run. */
    TEST,
    /** Apps of a change under review. */
    REVIEW,
    /** Where development goes on. */
    DEVELOPMENT,
    /** Where a release is tried before production. */
    STAGING,
    /** What users see. */
    PRODUCTION;

    /** The stage that a promotion from this one goes to: development, staging, production. */
    public Optional<PipelineStage> next() {
        return switch (this) {
            case DEVELOPMENT -> Optional.of(STAGING);
            case STAGING -> Optional.of(PRODUCTION);
            case TEST, REVIEW, PRODUCTION -> Optional.empty();
        };
    }

    /** The word as Heroku writes it, for example {@code staging}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
