package io.procmodel;

import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnBusyException;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.AddOnResource;
import io.procmodel.addon.AddOnState;
import io.procmodel.error.ProcModelException;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives add-ons back to their providers, and what a crash left half-way. */
final class AddOnReturns {
    private static final Logger LOG = LoggerFactory.getLogger(AddOnReturns.class);

    private final AddOnRegister register;
    private final AddOnAttachments attachments;
    private final AddOnClaims claims;

    AddOnReturns(AddOnRegister register, AddOnAttachments attachments, AddOnClaims claims) {
        this.register = register;
        this.attachments = attachments;
        this.claims = claims;
    }

    /** Detaches an add-on from every app, then has its provider take it back, then forgets it. */
    void destroy(AddOn addOn) {
        AddOn going = register.settle(addOn, present -> goes(present, present.resource()))
                .orElseThrow(() -> register.unknown(addOn.name()));
        attachments.detachEverywhere(going);
        giveBack(going);
    }

    /**
     * Has the provider take back what no app uses. When it fails, the add-on stays as one that is being given back, and the
     * next open of the platform tries again.
     */
    void giveBack(AddOn addOn) {
        AddOnProvider provider = register.provider(addOn.plan().service());
        try {
            provider.deprovision(addOn.identified());
        } catch (RuntimeException e) {
            register.settle(addOn, present -> goes(present, addOn.resource()));
            RuntimeException told = ProviderFailures.withoutSecrets(provider.service(), e, secrets(addOn));
            throw told instanceof AddOnRefusedException refused
                    ? refused
                    : new AddOnRefusedException(
                            provider.service(),
                            "its provider did not take " + addOn.name()
                                    + " back; the next open of the platform, or another try, does it again",
                            told);
        }
        register.remove(addOn);
    }

    /** Without a change it stays as old as it is. */
    private AddOn goes(AddOn addOn, AddOnResource resource) {
        boolean same =
                addOn.state() == AddOnState.DEPROVISIONING && addOn.resource().equals(resource);
        return same ? addOn : addOn.changed(AddOnState.DEPROVISIONING, resource, register.now());
    }

    private Stream<String> secrets(AddOn addOn) {
        return register.everyDesk().stream()
                .filter(desk -> desk.app().equals(addOn.app()))
                .flatMap(desk -> ProviderFailures.secrets(desk, addOn.resource().config()));
    }

    /**
     * Finishes or undoes what was under way when a host died.
     *
     * @param before only what has not changed since then; what is younger may be under way on another host
     */
    void recover(Instant before) {
        for (AddOn addOn : register.all()) {
            if (addOn.state() != AddOnState.PROVISIONED && addOn.updatedAt().isBefore(before)) {
                try {
                    claims.claimed(addOn.name(), "given back", () -> {
                        register.find(addOn.name()).ifPresent(this::recover);
                        return true;
                    });
                } catch (AddOnBusyException e) {
                    LOG.debug("{} is in use again", addOn, e);
                } catch (ProcModelException e) {
                    LOG.warn("{} of {} could not be given back", addOn, addOn.app(), e);
                }
            }
        }
    }

    private void recover(AddOn addOn) {
        if (addOn.state() == AddOnState.DEPROVISIONING) {
            destroy(addOn);
        } else if (addOn.state() == AddOnState.PROVISIONING && !register.isAttached(addOn)) {
            giveBack(addOn);
        } else if (addOn.state() == AddOnState.PROVISIONING && addOn.resource().ready()) {
            register.settle(addOn, present -> present.settled(register.now()));
        }
    }
}
