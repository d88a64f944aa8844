package io.procmodel.release;

import com.google.common.collect.ImmutableList;
import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigDiff;
import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.SlugDiff;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one release differs from another, of the same app or of two: keys, names and paths, never a config value.
 *
 * @param from the first release, as people write it
 * @param to the other one
 * @param files the files of the slugs, or empty if one of them is not stored any more
 * @param config the keys of the config vars
 * @param attached attachments that only the other release has, or that are another add-on or plan there
 * @param detached attachments that only the first release has
 * @param newTypes process types that only the other release has
 * @param goneTypes process types that only the first release has
 * @param changedTypes process types with another command, as the other release has them
 */
public record ReleaseDiff(
        String from,
        String to,
        Optional<SlugDiff> files,
        ConfigDiff config,
        List<Attachment> attached,
        List<Attachment> detached,
        List<ProcessType> newTypes,
        List<ProcessType> goneTypes,
        List<ProcessType> changedTypes) {
    /** Copies the lists. */
    public ReleaseDiff {
        attached = ImmutableList.copyOf(attached);
        detached = ImmutableList.copyOf(detached);
        newTypes = ImmutableList.copyOf(newTypes);
        goneTypes = ImmutableList.copyOf(goneTypes);
        changedTypes = ImmutableList.copyOf(changedTypes);
    }

    /** What has to be done to {@code from} to get {@code to}, when the files are known already. */
    public static ReleaseDiff between(Release from, Release to, Optional<SlugDiff> files) {
        Map<String, String> before = commands(from);
        Map<String, String> after = commands(to);
        return new ReleaseDiff(
                from.name(),
                to.name(),
                files,
                from.config().diff(to.config()),
                without(to.attachments(), from.attachments(), Function.identity()),
                without(from.attachments(), to.attachments(), Attachment::name),
                without(to.processTypes(), from.processTypes(), ProcessType::name),
                without(from.processTypes(), to.processTypes(), ProcessType::name),
                to.processTypes().stream()
                        .filter(type -> before.containsKey(type.name())
                                && !before.get(type.name()).equals(after.get(type.name())))
                        .toList());
    }

    private static Map<String, String> commands(Release release) {
        return release.processTypes().stream()
                .collect(Collectors.toMap(ProcessType::name, ProcessType::command, (first, second) -> second));
    }

    private static <T, K> List<T> without(List<T> these, List<T> others, Function<? super T, K> key) {
        List<K> keys = others.stream().<K>map(key).toList();
        return these.stream()
                .filter(element -> !keys.contains(key.apply(element)))
                .toList();
    }

    /** Whether both run the same files with the same config vars and add-ons. */
    public boolean isEmpty() {
        return files.map(SlugDiff::isEmpty).orElse(false)
                && config.isEmpty()
                && attached.isEmpty()
                && detached.isEmpty()
                && newTypes.isEmpty()
                && goneTypes.isEmpty()
                && changedTypes.isEmpty();
    }

    /** One line for each difference: {@code + config TOKEN}, {@code ~ process web}, {@code - file bin/run}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(from).append(" to ").append(to).append('\n');
        lines(text, "+ config ", config.added());
        lines(text, "- config ", config.removed());
        lines(text, "~ config ", config.changed());
        lines(text, "+ add-on ", attached.stream().map(ReleaseDiff::words).toList());
        lines(text, "- add-on ", detached.stream().map(ReleaseDiff::words).toList());
        lines(text, "+ process ", newTypes.stream().map(ProcessType::name).toList());
        lines(text, "- process ", goneTypes.stream().map(ProcessType::name).toList());
        lines(text, "~ process ", changedTypes.stream().map(ProcessType::name).toList());
        text.append(files.map(SlugDiff::toString).orElse("? files: a slug is not stored any more\n"));
        return text.toString();
    }

    private static String words(Attachment attachment) {
        return attachment.name() + " (" + attachment.plan() + ")";
    }

    private static void lines(StringBuilder text, String prefix, List<String> names) {
        names.forEach(name -> text.append(prefix).append(name).append('\n'));
    }
}
