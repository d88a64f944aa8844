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
import io.procmodel.release.ReleaseDescriptions;
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
    private final AddOnLocks locks;
    private final Random random;

    AddOnOrders(
            AddOnRegister register,
            AddOnAttachments attachments,
            AddOnReturns returns,
            AddOnLocks locks,
            Random random) {
        this.register = register;
        this.attachments = attachments;
        this.returns = returns;
        this.locks = locks;
        this.random = random;
    }

    AddOn add(ReleaseDesk desk, AddOnOrder order) {
        AddOnProvider provider = register.provider(order.service());
        PlanName plan = new PlanName(order.service(), plan(provider, order.plan()));
        order.attachment().ifPresent(name -> attachments.requireFree(desk, name, order.confirmation()));
        AddOn ordered = note(desk, provider, plan, order.name());
        return locks.locked(ordered.name(), () -> {
            AddOn made = provision(desk, provider, ordered, order);
            try {
                AttachmentNames.requirePrefix(provider, made.resource().config());
                register.save(made);
                attach(desk, provider, made, order);
                return register.settle(
                        made.resource().ready()
                                ? made.changed(AddOnState.PROVISIONED, made.resource(), register.now())
                                : made);
            } catch (RuntimeException e) {
                undo(made, e);
                throw e;
            }
        });
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

    /** Durable before the provider is asked, so that a crash leaves a trace of what may have been made. */
    private synchronized AddOn note(ReleaseDesk desk, AddOnProvider provider, PlanName plan, Optional<String> wanted) {
        desk.requireOpen("add-on");
        if (!provider.supportsMultipleInstallations()
                && register.ownedBy(desk).stream()
                        .anyMatch(other -> other.plan().service().equals(plan.service()))) {
            throw new AddOnRefusedException(plan.service(), "an app can have one only");
        }
        Set<String> taken = register.all().stream().map(AddOn::name).collect(Collectors.toSet());
        String name = wanted.orElseGet(() -> AddOnNames.next(plan.service(), random, taken));
        if (taken.contains(name)) {
            throw new InvalidValueException("add-on name", name, "one that no add-on of the platform has");
        }
        Instant now = register.now();
        String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
        return register.save(
                new AddOn(name, uuid, desk.app(), plan, AddOnState.PROVISIONING, AddOnResource.pending(), now, now));
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
        attachments.attach(desk, provider, made, order.attachment(), order.confirmation(), ReleaseDescriptions::attach);
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
