package io.procmodel.release;

import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigVars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What attachments do to the config vars of a release: pure functions from one release to the draft of the next. */
public final class AttachedConfig {
    private AttachedConfig() {}

    /** The attachment of that name, if there is one. */
    public static Optional<Attachment> find(Release release, String name) {
        return release.attachments().stream()
                .filter(attachment -> attachment.name().equals(name))
                .findFirst();
    }

    /**
     * With one attachment more, and its config vars. An attachment of the same name goes, with its config vars.
     *
     * @param vars the values of the attachment's keys, none while the add-on is being made
     */
    public static ReleaseDraft attach(ReleaseDraft draft, Attachment attachment, Map<String, String> vars) {
        ReleaseDraft without = detach(draft, attachment.name());
        List<Attachment> all = new ArrayList<>(without.attachments());
        all.add(attachment);
        return without.config(without.config().withAll(vars)).attachments(all);
    }

    /** Without the attachment of that name and exactly its config vars (Heroku: ADD-10). */
    public static ReleaseDraft detach(ReleaseDraft draft, String name) {
        List<Attachment> rest = draft.attachments().stream()
                .filter(attachment -> !attachment.name().equals(name))
                .toList();
        List<String> keys = draft.attachments().stream()
                .filter(attachment -> attachment.name().equals(name))
                .flatMap(attachment -> attachment.configKeys().stream())
                .toList();
        return draft.config(draft.config().without(keys)).attachments(rest);
    }

    /** With an attachment that is there in a new form and with new values; it keeps its place. */
    public static ReleaseDraft update(ReleaseDraft draft, Attachment changed, Map<String, String> vars) {
        List<String> before = draft.attachments().stream()
                .filter(attachment -> attachment.name().equals(changed.name()))
                .flatMap(attachment -> attachment.configKeys().stream())
                .filter(key -> !vars.containsKey(key))
                .toList();
        List<Attachment> all = draft.attachments().stream()
                .map(attachment -> attachment.name().equals(changed.name()) ? changed : attachment)
                .toList();
        return draft.config(draft.config().without(before).withAll(vars)).attachments(all);
    }

    /** With the attachments of {@code base} and the values that they bring there, whatever {@code draft} has of them. */
    public static ReleaseDraft keep(Release base, ReleaseDraft draft) {
        Map<String, String> present = new LinkedHashMap<>();
        keys(base.attachments())
                .forEach(key -> base.config().get(key).ifPresent(value -> present.put(key, value.reveal())));
        ConfigVars own = draft.config().without(keys(draft.attachments()).toList());
        return draft.config(own.withAll(present)).attachments(base.attachments());
    }

    /**
     * Refuses a change of config vars that attachments bring.
     *
     * @throws AttachedConfigException if {@code changed} has another value, or none, for one of them (Heroku: CFG-9)
     */
    public static void requireUntouched(Release base, ConfigVars changed) {
        for (Attachment attachment : base.attachments()) {
            for (String key : attachment.configKeys()) {
                if (!base.config().get(key).equals(changed.get(key))) {
                    throw new AttachedConfigException(key, attachment);
                }
            }
        }
    }

    private static Stream<String> keys(List<Attachment> attachments) {
        return attachments.stream().flatMap(attachment -> attachment.configKeys().stream());
    }
}
