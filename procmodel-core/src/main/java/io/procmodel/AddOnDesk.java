package io.procmodel;

import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnOrder;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.AddOnResource;
import io.procmodel.addon.AddOnState;
import io.procmodel.addon.Attachment;
import io.procmodel.addon.AttachmentNames;
import io.procmodel.config.ConfigVars;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDescriptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where everything about add-ons is asked for; one for the platform. Thread-safe; providers are called without locks of apps. */
final class AddOnDesk {
    private final AddOnRegister register;
    private final AddOnAttachments attachments;
    private final AddOnReturns returns;
    private final AddOnOrders orders;
    private final AddOnClaims claims = new AddOnClaims();

    AddOnDesk(Map<String, AddOnProvider> providers, AppContext context, Random random, AppDesks desks) {
        this.register = new AddOnRegister(providers, context, desks);
        this.attachments = new AddOnAttachments(register);
        this.returns = new AddOnReturns(register, attachments, claims);
        this.orders = new AddOnOrders(register, attachments, returns, claims, random);
    }

    AddOn add(ReleaseDesk desk, AddOnOrder order) {
        return orders.add(desk, order);
    }

    /** The add-ons that an app owns or has attached. */
    List<AddOn> list(ReleaseDesk desk) {
        List<String> attached =
                desk.newest().attachments().stream().map(Attachment::addOn).toList();
        return register.all().stream()
                .filter(addOn -> addOn.app().equals(desk.app()) || attached.contains(addOn.name()))
                .toList();
    }

    AddOn get(String name) {
        return register.get(name);
    }

    List<AddOn> all() {
        return register.all();
    }

    Release attach(ReleaseDesk desk, String addOn, Optional<String> as, Optional<String> confirmation) {
        return attachments.attach(desk, addOn, as, confirmation);
    }

    Release detach(ReleaseDesk desk, String attachment) {
        return attachments.detach(desk, AttachmentNames.check(attachment));
    }

    AddOn changePlan(ReleaseDesk desk, String name, String wanted) {
        AddOn changed = claims.claimed(name, "moved to another plan", () -> {
            AddOn addOn = owned(desk, name);
            requireReady(addOn);
            AddOnProvider provider = register.provider(addOn.plan().service());
            String prefix = provider.service() + ":";
            String plan = AddOnOrders.plan(
                    provider, Optional.of(wanted.startsWith(prefix) ? wanted.substring(prefix.length()) : wanted));
            if (plan.equals(addOn.plan().plan())) {
                return addOn;
            }
            AddOnResource resource = change(desk, provider, addOn, plan);
            return register.settle(addOn, present -> moved(addOn, present, plan, resource))
                    .orElseThrow(() -> register.unknown(name));
        });
        attachments.renewEverywhere(changed, ReleaseDescriptions::update, true);
        return changed;
    }

    /** Config vars that the provider brought while it was asked are newer than its answer. */
    private AddOn moved(AddOn before, AddOn present, String plan, AddOnResource answer) {
        requireReady(present);
        boolean brought = !present.resource().config().equals(before.resource().config());
        return present.onPlan(
                plan,
                brought
                        ? new AddOnResource(answer.id(), present.resource().config(), answer.message(), answer.ready())
                        : answer,
                register.now());
    }

    private static AddOnResource change(ReleaseDesk desk, AddOnProvider provider, AddOn addOn, String plan) {
        AddOnResource changed;
        try {
            changed = provider.changePlan(addOn.identified(), plan);
        } catch (RuntimeException e) {
            throw ProviderFailures.withoutSecrets(
                    provider.service(),
                    e,
                    ProviderFailures.secrets(desk, addOn.resource().config()));
        }
        AttachmentNames.requirePrefix(provider, changed.config());
        return changed.id().isEmpty() ? changed.id(addOn.resource().id()) : changed;
    }

    void destroy(ReleaseDesk desk, String name, Optional<String> confirmation) {
        claims.claimed(name, "given back", () -> {
            AddOn addOn = owned(desk, name);
            register.provider(addOn.plan().service());
            if (register.everyDesk().stream()
                    .anyMatch(other -> other != desk
                            && !AddOnRegister.attachments(other, addOn).isEmpty())) {
                AddOnAttachments.confirm(
                        desk, confirmation, "add-on " + name + " is attached to other apps, which would lose it");
            }
            returns.destroy(addOn);
            return true;
        });
    }

    private AddOn owned(ReleaseDesk desk, String name) {
        AddOn addOn = register.get(name);
        if (!addOn.app().equals(desk.app())) {
            throw new AddOnRefusedException(
                    addOn.plan().service(), name + " belongs to " + addOn.app() + " (expected: the app that owns it)");
        }
        return addOn;
    }

    private static void requireReady(AddOn addOn) {
        if (addOn.state() != AddOnState.PROVISIONED) {
            throw new AddOnRefusedException(
                    addOn.plan().service(), addOn.name() + " is " + addOn.state() + " (expected: PROVISIONED)");
        }
    }

    /** What was being made is ready (Heroku: ADD-14); no release command runs. */
    AddOn provisioned(String name, Map<String, String> config) {
        AddOn ready = bring(name, config, AddOnDesk::requireAwaited, ReleaseDescriptions::provisioned);
        // whoever orders it attaches it first, sees what came here, and ends that
        boolean ordering = claims.isBeingOrdered(name) || !ready.isAnswered();
        return ordering
                ? ready
                : register.settle(ready, present -> present.settled(register.now()))
                        .orElse(ready);
    }

    /** The provider changed its values (Heroku: ADD-9); no release command runs. */
    AddOn configured(String name, Map<String, String> config) {
        return bring(
                name,
                config,
                addOn -> {
                    if (addOn.state() != AddOnState.PROVISIONING
                            || !addOn.resource().ready()) {
                        requireReady(addOn);
                    }
                },
                ReleaseDescriptions::update);
    }

    /** Holds no claim, so that a provider may call it at any time: the store says what comes first. */
    private AddOn bring(
            String name,
            Map<String, String> config,
            Consumer<AddOn> requirement,
            Function<Attachment, String> description) {
        AddOn addOn = register.get(name);
        ConfigVars vars = ConfigVars.of(config);
        AttachmentNames.requirePrefix(register.provider(addOn.plan().service()), vars);
        AddOn ready = register.settle(addOn, present -> {
                    requirement.accept(present);
                    return present.bringing(vars, register.now());
                })
                .orElseThrow(() -> register.unknown(name));
        attachments.renewEverywhere(ready, description, false);
        return ready;
    }

    private static void requireAwaited(AddOn addOn) {
        if (addOn.state() != AddOnState.PROVISIONING || addOn.resource().ready()) {
            throw new AddOnRefusedException(
                    addOn.plan().service(),
                    addOn.name() + " is " + (addOn.resource().ready() ? AddOnState.PROVISIONED : addOn.state())
                            + " (expected: PROVISIONING)");
        }
    }

    /** What was being made will never be: it goes from every app that waits for it. */
    void failed(String name) {
        AddOn going = register.update(register.get(name), present -> {
                    requireAwaited(present);
                    return present.changed(AddOnState.DEPROVISIONING, present.resource(), register.now());
                })
                .orElseThrow(() -> register.unknown(name));
        attachments.detachEverywhere(going);
        register.remove(going);
    }

    void recover(Instant before) {
        returns.recover(before);
    }
}
