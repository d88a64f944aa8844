package io.procmodel.release;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import io.procmodel.slug.Slug;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A release before it is in a ledger: everything but the version and the time, which the ledger gives. Immutable; each
 * method returns a changed copy.
 *
 * @param author who makes the release
 * @param description why, as {@link ReleaseDescriptions} words it
 * @param status {@link ReleaseStatus#SUCCEEDED}, or {@link ReleaseStatus#PENDING} when a release command runs first
 * @param slug what its dynos run
 * @param config the config vars of its dynos
 * @param attachments the add-ons that are attached
 * @param basedOn the newest version the caller knew when it decided; empty when it does not matter
 */
public record ReleaseDraft(
        String author,
        String description,
        ReleaseStatus status,
        Optional<Slug> slug,
        ConfigVars config,
        List<Attachment> attachments,
        OptionalInt basedOn) {
    /**
     * Checks the texts and the status and copies the list.
     *
     * @throws InvalidValueException if author or description is blank or not one line of well-formed text, or if a release
     *     cannot begin with the status
     */
    public ReleaseDraft {
        requireLine("release author", author);
        requireLine("release description", description);
        if (status != ReleaseStatus.SUCCEEDED && status != ReleaseStatus.PENDING) {
            throw new InvalidValueException("status of a new release", status.name(), "SUCCEEDED or PENDING");
        }
        requireNonNull(slug, "slug");
        requireNonNull(config, "config");
        requireNonNull(basedOn, "basedOn");
        attachments = ImmutableList.copyOf(attachments);
    }

    /** A release that succeeds at once, without slug, config vars and add-ons. */
    public static ReleaseDraft of(String author, String description) {
        return new ReleaseDraft(
                author,
                description,
                ReleaseStatus.SUCCEEDED,
                Optional.empty(),
                ConfigVars.empty(),
                List.of(),
                OptionalInt.empty());
    }

    /** A release that succeeds at once with everything that {@code base} has, for its successor to change. */
    public static ReleaseDraft like(Release base, String author, String description) {
        return new ReleaseDraft(
                author,
                description,
                ReleaseStatus.SUCCEEDED,
                base.slug(),
                base.config(),
                base.attachments(),
                OptionalInt.empty());
    }

    /** In somebody else's name. */
    public ReleaseDraft author(String newAuthor) {
        return new ReleaseDraft(newAuthor, description, status, slug, config, attachments, basedOn);
    }

    /** With this slug. */
    public ReleaseDraft slug(Slug newSlug) {
        return new ReleaseDraft(author, description, status, Optional.of(newSlug), config, attachments, basedOn);
    }

    /** With these config vars. */
    public ReleaseDraft config(ConfigVars newConfig) {
        return new ReleaseDraft(author, description, status, slug, newConfig, attachments, basedOn);
    }

    /** With these add-ons attached. */
    public ReleaseDraft attachments(List<Attachment> newAttachments) {
        return new ReleaseDraft(author, description, status, slug, config, newAttachments, basedOn);
    }

    /** As a release whose release command runs first. */
    public ReleaseDraft pending() {
        return new ReleaseDraft(author, description, ReleaseStatus.PENDING, slug, config, attachments, basedOn);
    }

    /**
     * Only as the direct successor of {@code newestVersion}, 0 meaning an empty ledger: an append after somebody else's is
     * refused with {@link StaleReleaseException} instead of undoing what they did.
     */
    public ReleaseDraft basedOn(int newestVersion) {
        return new ReleaseDraft(author, description, status, slug, config, attachments, OptionalInt.of(newestVersion));
    }

    /** For example {@code Deploy 1a2b3c4d}. */
    @Override
    public String toString() {
        return description;
    }

    private static void requireLine(String what, String text) {
        boolean oneLine = text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (text.isBlank() || !oneLine) {
            throw new InvalidValueException(what, text, "one line of well-formed text, not blank");
        }
    }
}
