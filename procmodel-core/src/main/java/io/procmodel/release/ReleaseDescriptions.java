package io.procmodel.release;

import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigDiff;
import io.procmodel.name.AppName;
import io.procmodel.slug.SlugDigest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Heroku's words for why a release was made (Heroku: LOG-10, REL-5, REL-6). */
public final class ReleaseDescriptions {
    private static final int DIGEST_DIGITS = 8;

    private ReleaseDescriptions() {}

    /** {@code Initial release}: the app was created (Heroku: REL-2). */
    public static String initial() {
        return "Initial release";
    }

    /** {@code Set FOO, BAR config vars}. */
    public static String set(Collection<String> keys) {
        return "Set " + String.join(", ", keys) + " config vars";
    }

    /** {@code Remove FOO config vars}. */
    public static String remove(Collection<String> keys) {
        return "Remove " + String.join(", ", keys) + " config vars";
    }

    /**
     * The words for a config change: {@link #set} or {@link #remove}, and {@code Set FOO, remove BAR config vars} for a
     * change that does both, for which Heroku's words are not known.
     */
    public static String config(ConfigDiff change) {
        List<String> set = Stream.concat(change.changed().stream(), change.added().stream())
                .toList();
        if (change.removed().isEmpty()) {
            return set(set);
        }
        return set.isEmpty()
                ? remove(change.removed())
                : "Set " + String.join(", ", set) + ", remove " + String.join(", ", change.removed()) + " config vars";
    }

    /** {@code Deploy 1a2b3c4d}: the first eight hex digits of the slug's digest (Heroku: REL-6). */
    public static String deploy(SlugDigest digest) {
        return "Deploy " + digest.hex().substring(0, DIGEST_DIGITS);
    }

    /** {@code Promote shop-staging v12 1a2b3c4d}: the slug of another app's release (Heroku: REL-5). */
    public static String promote(AppName source, Release release, SlugDigest digest) {
        return "Promote " + source + " " + release.name() + " " + digest.hex().substring(0, DIGEST_DIGITS);
    }

    /** {@code Rollback to v3}. */
    public static String rollback(int version) {
        return "Rollback to v" + version;
    }

    /** {@code Retry of v40: Deploy 1a2b3c4d}. */
    public static String retry(Release release) {
        return "Retry of " + release.name() + ": " + release.description();
    }

    /** {@code Attach DATABASE (@ref:postgresql-curly-33328)}. */
    public static String attach(Attachment attachment) {
        return "Attach " + attachment.name() + " (@ref:" + attachment.addOn() + ")";
    }

    /** {@code Detach DATABASE (@ref:postgresql-curly-33328)}. */
    public static String detach(Attachment attachment) {
        return "Detach " + attachment.name() + " (@ref:" + attachment.addOn() + ")";
    }

    /** {@code Update DATABASE}: the provider changed its config vars (Heroku: REL-5). */
    public static String update(Attachment attachment) {
        return "Update " + attachment.name();
    }

    /** {@code @ref:postgresql-curly-33328 completed provisioning, setting DATABASE_URL.} */
    public static String provisioned(Attachment attachment) {
        return "@ref:" + attachment.addOn() + " completed provisioning, setting "
                + String.join(", ", attachment.configKeys()) + ".";
    }
}
