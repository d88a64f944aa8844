package io.procmodel;

import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseStatus;
import io.procmodel.slug.SlugStore;
import java.util.List;
import java.util.Optional;

/** A ledger whose releases know the store that their slugs are in, so that those can be looked into. */
record StoredSlugsLedger(ReleaseLedger ledger, SlugStore slugs) implements ReleaseLedger {
    private Release known(Release release) {
        return new Release(
                release.version(),
                release.status(),
                release.createdAt(),
                release.author(),
                release.description(),
                release.slug().map(slug -> slug.in(slugs)),
                release.config(),
                release.attachments());
    }

    @Override
    public Release append(ReleaseDraft draft) {
        return known(ledger.append(draft));
    }

    @Override
    public Release changeStatus(int version, ReleaseStatus status) {
        return known(ledger.changeStatus(version, status));
    }

    @Override
    public Optional<Release> get(int version) {
        return ledger.get(version).map(this::known);
    }

    @Override
    public Optional<Release> current() {
        return ledger.current().map(this::known);
    }

    @Override
    public List<Release> newest(int count) {
        return ledger.newest(count).stream().map(this::known).toList();
    }

    @Override
    public List<Release> list() {
        return ledger.list().stream().map(this::known).toList();
    }

    @Override
    public Verification verify() {
        return ledger.verify();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
