package io.procmodel.release;

import io.procmodel.addon.Attachment;
import io.procmodel.release.IneligibleReleaseException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of going back: a new release with the slug and the config vars of an old one (Heroku: REL-20 to REL-25). Pure
 * functions of the ledger's content.
 */
public final class Rollback {
    private Rollback() {}

    /**
     * The release of {@code version}, if it can be rolled back to.
     *
     * @throws NoSuchReleaseException if there is no such release
     * @throws IneligibleReleaseException if it cannot be rolled back to; it says why
     */
    public static Release target(ReleaseLedger ledger, int version) {
        Release target = ledger.get(version).orElseThrow(() -> NoSuchReleaseException.version(version, newest(ledger)));
        obstacle(target, ledger.current()).ifPresent(reason -> {
            throw new IneligibleReleaseException(version, reason);
        });
        return target;
    }

    /**
     * The release that a rollback without a version goes to: the second newest of those that have a slug and succeeded, the
     * newest being the current one (Heroku: REL-21).
     *
     * @throws NoSuchReleaseException if there is none
     * @throws IneligibleReleaseException if its add-ons are not those of the current release
     */
    public static Release defaultTarget(ReleaseLedger ledger) {
        boolean pastNewest = false;
        for (int version = newest(ledger); version >= 1; version--) {
            if (isEligible(ledger.get(version).orElseThrow())) {
                if (pastNewest) {
                    return target(ledger, version);
                }
                pastNewest = true;
            }
        }
        throw NoSuchReleaseException.nothingToRollBackTo();
    }

    /** Whether a release has a slug and succeeded (Heroku: REL-25). */
    public static boolean isEligible(Release release) {
        return release.slug().isPresent() && release.status() == ReleaseStatus.SUCCEEDED;
    }

    /**
     * The draft that goes back to {@code target}: its slug and config vars under the description {@code Rollback to vN}
     * (Heroku: REL-20).
     */
    public static ReleaseDraft draft(Release target, String author) {
        return ReleaseDraft.like(target, author, ReleaseDescriptions.rollback(target.version()));
    }

    private static Optional<Reason> obstacle(Release target, Optional<Release> current) {
        return switch (target.status()) {
            case PENDING -> Optional.of(Reason.PENDING);
            case FAILED -> Optional.of(Reason.FAILED);
            case EXPIRED -> Optional.of(Reason.EXPIRED);
            case SUCCEEDED -> obstacleOfSucceeded(target, current.orElseThrow());
        };
    }

    private static Optional<Reason> obstacleOfSucceeded(Release target, Release current) {
        if (target.slug().isEmpty()) {
            return Optional.of(Reason.NO_SLUG);
        }
        if (target.version() == current.version()) {
            return Optional.of(Reason.CURRENT);
        }
        return addOns(target).equals(addOns(current)) ? Optional.empty() : Optional.of(Reason.OTHER_ADD_ONS);
    }

    private static Set<String> addOns(Release release) {
        return release.attachments().stream().map(Attachment::addOn).collect(Collectors.toSet());
    }

    private static int newest(ReleaseLedger ledger) {
        List<Release> newest = ledger.newest(1);
        return newest.isEmpty() ? 0 : newest.get(0).version();
    }
}
