package io.procmodel.release;

import com.google.common.collect.ImmutableList;
import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.Slug;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of an app's history: slug + config vars + add-ons under a version that is never used again (Heroku: REL-1,
 * REL-7). Immutable; it prints no config value.
 *
 * @param version from 1 upward without gaps, shown as {@code vN}
 * @param status how far it came when it was read
 * @param createdAt when it was appended to the ledger
 * @param author who made it
 * @param description why it was made, as {@link ReleaseDescriptions} words it
 * @param slug what its dynos run; empty before the first deploy
 * @param config the config vars of its dynos, those of add-ons included
 * @param attachments the add-ons that were attached, in the order in which they came
 */
public record Release(
        int version,
        ReleaseStatus status,
        Instant createdAt,
        String author,
        String description,
        Optional<Slug> slug,
        ConfigVars config,
        List<Attachment> attachments) {
    private static final Pattern VERSION = Pattern.compile("[vV]?[1-9][0-9]{0,8}");

    /** Copies the list and checks the version. */
    public Release {
        if (version < 1) {
            throw new InvalidValueException("release version", Integer.toString(version), "1 or more");
        }
        attachments = ImmutableList.copyOf(attachments);
    }

    /**
     * Reads a version as people write it: {@code v3}, {@code V3} or {@code 3} (Heroku: REL-28).
     *
     * @throws InvalidValueException if it is not written like that
     */
    public static int parseVersion(String text) {
        if (!VERSION.matcher(text).matches()) {
            throw new InvalidValueException("release version", text, "v and a number from 1 to 999999999");
        }
        return Integer.parseInt(text, text.charAt(0) > '9' ? 1 : 0, text.length(), 10);
    }

    /** Whether it can be rolled back to, as far as it alone says: it has a slug and succeeded (Heroku: REL-25). */
    public boolean isEligibleForRollback() {
        return Rollback.isEligible(this);
    }

    /** The version as people write it, for example {@code v3}. */
    public String name() {
        return "v" + version;
    }

    /** What the slug can run, in the order of its Procfile; nothing without a slug. */
    public List<ProcessType> processTypes() {
        return slug.map(Slug::processTypes).orElse(List.of());
    }

    /** The same release in another status. */
    public Release withStatus(ReleaseStatus newStatus) {
        return new Release(version, newStatus, createdAt, author, description, slug, config, attachments);
    }

    /** For example {@code v3 Deploy 1a2b3c4d}. */
    @Override
    public String toString() {
        return name() + " " + description;
    }
}
