package io.procmodel;

import com.google.common.collect.ImmutableList;
import io.procmodel.addon.AddOn;
import io.procmodel.addon.AddOnBusyException;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.Attachment;
import io.procmodel.addon.AttachmentNames;
import io.procmodel.addon.ConfirmationRequiredException;
import io.procmodel.addon.NoSuchAddOnException;
import io.procmodel.error.ProcModelException;
import io.procmodel.release.AttachedConfig;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDescriptions;
import io.procmodel.release.ReleaseDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Attaches add-ons to apps, renews what they bring, and detaches them; each is one release per app. */
final class AddOnAttachments {
    private final AddOnRegister register;

    AddOnAttachments(AddOnRegister register) {
        this.register = register;
    }

    /**
     * Refuses a name that would take the place of an attachment or of a config var (Heroku: ADD-12).
     *
     * @throws ConfirmationRequiredException unless {@code confirmation} is the app's name
     */
    void requireFree(ReleaseDesk desk, String name, Optional<String> confirmation) {
        if (isTaken(desk.newest(), name, List.of(name + "_URL"))) {
            confirm(desk, confirmation, "attachment " + name + " of " + desk.app() + " would be replaced");
        }
    }

    static void confirm(ReleaseDesk desk, Optional<String> confirmation, String loss) {
        if (!confirmation.equals(Optional.of(desk.app().value()))) {
            throw new ConfirmationRequiredException(desk.app(), loss);
        }
    }

    private static boolean isTaken(Release base, String name, Iterable<String> keys) {
        if (AttachedConfig.find(base, name).isPresent()) {
            return true;
        }
        for (String key : keys) {
            if (base.config().get(key).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Attaches an add-on in one release; its release command runs (Heroku: REL-12). */
    Release attach(
            ReleaseDesk desk,
            AddOnProvider provider,
            AddOn addOn,
            Optional<String> wanted,
            Optional<String> confirmation) {
        Release release = desk.change(
                base -> {
                    AddOn present = register.present(addOn).orElseThrow(() -> register.unknown(addOn.name()));
                    String name = wanted.orElseGet(() -> freeName(base, provider, present));
                    Map<String, String> vars = vars(name, provider, present);
                    if (isTaken(base, name, vars.keySet())) {
                        confirm(desk, confirmation, "attachment " + name + " of " + desk.app() + " would be replaced");
                    }
                    Attachment attachment = attachment(name, present, vars);
                    return Optional.of(AttachedConfig.attach(
                            desk.draft(base, ReleaseDescriptions.attach(attachment)), attachment, vars));
                },
                true);
        catchUp(desk, provider, addOn);
        return release;
    }

    /**
     * What became of the add-on between the look at it and the release that attached it: whoever changed it meanwhile looked
     * for attachments and may not have seen this one.
     */
    private void catchUp(ReleaseDesk desk, AddOnProvider provider, AddOn before) {
        Optional<AddOn> present = register.present(before);
        if (present.isPresent()) {
            Function<Attachment, String> description =
                    before.resource().ready() ? ReleaseDescriptions::update : ReleaseDescriptions::provisioned;
            desk.change(base -> renewed(desk, base, provider, before, description), false);
        } else {
            detach(desk, before);
            throw register.unknown(before.name());
        }
    }

    /** One release for each attachment; one that somebody else detaches at the same time is fine. */
    private void detach(ReleaseDesk desk, AddOn addOn) {
        for (Attachment attachment : AddOnRegister.attachments(desk, addOn)) {
            desk.change(
                    base -> AttachedConfig.find(base, attachment.name())
                            .filter(present -> present.addOn().equals(addOn.name()))
                            .map(present -> detached(desk, base, present)),
                    true);
        }
    }

    private static ReleaseDraft detached(ReleaseDesk desk, Release base, Attachment attachment) {
        return AttachedConfig.detach(desk.draft(base, ReleaseDescriptions.detach(attachment)), attachment.name());
    }

    private static String freeName(Release base, AddOnProvider provider, AddOn addOn) {
        return AttachmentNames.free(
                provider.configPrefix(),
                provider.service(),
                name -> isTaken(base, name, vars(name, provider, addOn).keySet()));
    }

    private static Map<String, String> vars(String name, AddOnProvider provider, AddOn addOn) {
        return AttachmentNames.vars(
                name, provider.configPrefix(), addOn.resource().config());
    }

    private static Attachment attachment(String name, AddOn addOn, Map<String, String> vars) {
        return new Attachment(name, addOn.name(), addOn.plan().toString(), ImmutableList.copyOf(vars.keySet()));
    }

    /** Attaches an add-on that is there to a further app, or once more to its own (Heroku: ADD-6, ADD-15). */
    Release attach(ReleaseDesk desk, String addOnName, Optional<String> wanted, Optional<String> confirmation) {
        AddOn addOn = register.get(addOnName);
        if (!addOn.isAnswered()) {
            throw new AddOnBusyException(addOnName, "ordered");
        }
        AddOnProvider provider = register.provider(addOn.plan().service());
        if (!provider.supportsSharing() && !addOn.app().equals(desk.app())) {
            throw new AddOnRefusedException(provider.service(), "apps cannot share it");
        }
        return attach(desk, provider, addOn, wanted.map(AttachmentNames::check), confirmation);
    }

    /** Takes exactly the config vars of one attachment away (Heroku: ADD-10). */
    Release detach(ReleaseDesk desk, String name) {
        return desk.change(
                base -> {
                    Attachment attachment = AttachedConfig.find(base, name)
                            .orElseThrow(() -> new NoSuchAddOnException(
                                    "attachment of " + desk.app(),
                                    name,
                                    base.attachments().stream()
                                            .map(Attachment::name)
                                            .toList()));
                    return Optional.of(detached(desk, base, attachment));
                },
                true);
    }

    /** Detaches an add-on from every app; each gets a release, if it has it. */
    void detachEverywhere(AddOn addOn) {
        inEveryApp(desk -> detach(desk, addOn));
    }

    /** Brings what an add-on is now to every app that has it, in one release each; without change there is none. */
    void renewEverywhere(AddOn addOn, Function<Attachment, String> description, boolean withPhase) {
        AddOnProvider provider = register.provider(addOn.plan().service());
        inEveryApp(desk -> {
            if (!AddOnRegister.attachments(desk, addOn).isEmpty()) {
                desk.change(base -> renewed(desk, base, provider, addOn, description), withPhase);
            }
        });
    }

    /** One app that refuses keeps none of the others waiting; its error comes at the end. */
    private void inEveryApp(Consumer<ReleaseDesk> action) {
        Optional<ProcModelException> failure = Optional.empty();
        for (ReleaseDesk desk : register.everyDesk()) {
            try {
                action.accept(desk);
            } catch (ProcModelException e) {
                failure.ifPresent(e::addSuppressed);
                failure = Optional.of(e);
            }
        }
        failure.ifPresent(e -> {
            throw e;
        });
    }

    /** From what the add-on is at that moment; none if it is gone. */
    private Optional<ReleaseDraft> renewed(
            ReleaseDesk desk,
            Release base,
            AddOnProvider provider,
            AddOn addOn,
            Function<Attachment, String> description) {
        return register.present(addOn).flatMap(present -> {
            Optional<ReleaseDraft> draft = Optional.empty();
            for (Attachment before : base.attachments()) {
                if (before.addOn().equals(present.name())) {
                    Map<String, String> vars = vars(before.name(), provider, present);
                    Attachment after = attachment(before.name(), present, vars);
                    ReleaseDraft so = draft.orElseGet(() -> desk.draft(base, description.apply(after)));
                    draft = Optional.of(AttachedConfig.update(so, after, vars));
                }
            }
            return draft.filter(changed -> !changed.config().equals(base.config())
                    || !changed.attachments().equals(base.attachments()));
        });
    }
}
