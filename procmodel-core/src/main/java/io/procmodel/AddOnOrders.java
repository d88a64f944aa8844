package io.procmodel;

import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnNames;
import io.procmodel.addon.AddOnOrder;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.AddOnRequest;
import io.procmodel.addon.AddOnResource;
import io.procmodel.addon.AddOnState;
import io.procmodel.addon.AttachmentNames;
import io.procmodel.addon.NoSuchAddOnException;
import io.procmodel.addon.PlanName;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an add-on is ordered: noted as ordered, made by its provider, attached by a release. When a step fails, or the host
 * dies between two of them, the steps before it are undone: an add-on that was noted and is attached nowhere goes back.
 */
final class AddOnOrders {
    private final AddOnRegister register;
    private final AddOnAttachments attachments;
    private final AddOnReturns returns;
    private final AddOnClaims claims;
    private final Random random;

    AddOnOrders(
            AddOnRegister register,
            AddOnAttachments attachments,
            AddOnReturns returns,
            AddOnClaims claims,
            Random random) {
        this.register = register;
        this.attachments = attachments;
        this.returns = returns;
        this.claims = claims;
        this.random = random;
    }

    AddOn add(ReleaseDesk desk, AddOnOrder order) {
        AddOnProvider provider = register.provider(order.service());
        PlanName plan = new PlanName(order.service(), plan(provider, order.plan()));
        order.attachment().ifPresent(name -> attachments.requireFree(desk, name, order.confirmation()));
        String name = claimName(order);
        AddOn made;
        try {
            made = attached(desk, provider, note(desk, provider, plan, name), order);
        } finally {
            claims.release(name);
        }
        // its provider may have said meanwhile that it is ready: whoever comes last, here or there, sees both
        return register.settle(made, present -> present.settled(register.now())).orElse(made);
    }

    static String plan(AddOnProvider provider, Optional<String> wanted) {
        if (provider.plans().isEmpty()) {
            throw new AddOnRefusedException(provider.service(), "it has no plans");
        }
        String plan = wanted.orElse(provider.plans().get(0));
        if (!provider.plans().contains(plan)) {
            throw new NoSuchAddOnException("plan of " + provider.service(), plan, provider.plans());
        }
        return plan;
    }

    private synchronized String claimName(AddOnOrder order) {
        Set<String> taken = register.all().stream().map(AddOn::name).collect(Collectors.toSet());
        String name = order.name().orElseGet(() -> AddOnNames.next(order.service(), random, taken));
        if (taken.contains(name)) {
            throw new InvalidValueException("add-on name", name, "one that no add-on of the platform has");
        }
        claims.take(name, AddOnClaims.ORDERED);
        return name;
    }

    /** Durable before the provider is asked, so that a crash leaves a trace of what may have been made. */
    private AddOn note(ReleaseDesk desk, AddOnProvider provider, PlanName plan, String name) {
        desk.requireOpen("add-on");
        Instant now = register.now();
        String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
        AddOn ordered =
                new AddOn(name, uuid, desk.app(), plan, AddOnState.PROVISIONING, AddOnResource.pending(), now, now);
        return register.note(ordered, owned -> {
            if (!provider.supportsMultipleInstallations()
                    && owned.stream().anyMatch(other -> other.plan().service().equals(plan.service()))) {
                throw new AddOnRefusedException(plan.service(), "an app can have one only");
            }
        });
    }

    private AddOn attached(ReleaseDesk desk, AddOnProvider provider, AddOn ordered, AddOnOrder order) {
        AddOn answered = provision(desk, provider, ordered, order);
        try {
            AttachmentNames.requirePrefix(provider, answered.resource().config());
            AddOn made = register.update(ordered, present -> merged(present, answered))
                    .orElseThrow(() -> failedMeanwhile(ordered));
            attach(desk, provider, made, order);
            return made;
        } catch (RuntimeException e) {
            undo(answered, e);
            throw e;
        }
    }

    /** The provider's answer and what it said while it was asked: config vars that it has brought are not taken back. */
    private AddOn merged(AddOn present, AddOn answered) {
        if (present.state() == AddOnState.DEPROVISIONING) {
            throw failedMeanwhile(present);
        }
        boolean brought = present.resource().ready() && !answered.resource().ready();
        AddOnResource resource = brought
                ? new AddOnResource(
                        answered.resource().id(),
                        present.resource().config(),
                        answered.resource().message(),
                        true)
                : answered.resource();
        return present.changed(AddOnState.PROVISIONING, resource, register.now());
    }

    private static AddOnRefusedException failedMeanwhile(AddOn addOn) {
        return new AddOnRefusedException(addOn.plan().service(), "its provider said that it failed");
    }

    private AddOn provision(ReleaseDesk desk, AddOnProvider provider, AddOn ordered, AddOnOrder order) {
        AddOnRequest request = new AddOnRequest(
                ordered.app(), ordered.name(), ordered.uuid(), ordered.plan().plan(), order.options());
        try {
            AddOnResource made = provider.provision(request);
            String id = made.id().isEmpty() ? ordered.uuid() : made.id();
            return ordered.changed(AddOnState.PROVISIONING, made.id(id), register.now());
        } catch (RuntimeException e) {
            if (e instanceof AddOnRefusedException) {
                register.remove(ordered);
            } else {
                undo(ordered, e);
            }
            throw refusal(desk, provider, order, e);
        }
    }

    private static AddOnRefusedException refusal(
            ReleaseDesk desk, AddOnProvider provider, AddOnOrder order, RuntimeException thrown) {
        Stream<String> secrets =
                Stream.concat(order.options().values().stream(), ProviderFailures.secrets(desk, ConfigVars.empty()));
        RuntimeException told = ProviderFailures.withoutSecrets(provider.service(), thrown, secrets);
        if (told instanceof AddOnRefusedException refused) {
            return refused;
        }
        String why = told instanceof ProcModelException ? ": " + told.getMessage() : "";
        return new AddOnRefusedException(provider.service(), "its provider failed" + why, told);
    }

    private void attach(ReleaseDesk desk, AddOnProvider provider, AddOn made, AddOnOrder order) {
        attachments.attach(desk, provider, made, order.attachment(), order.confirmation());
    }

    private void undo(AddOn addOn, RuntimeException reason) {
        try {
            if (!register.isAttached(addOn)) {
                returns.giveBack(addOn);
            }
        } catch (ProcModelException e) {
            reason.addSuppressed(e);
        }
    }
}
