package io.procmodel.slug;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MapDifference;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.SortedMap;

/**
 * How one slug differs from another, each part sorted by path.
 *
 * @param added what only the other slug holds
 * @param removed what only the first slug holds
 * @param changed what both hold, but with another content, mode or type; as the other slug holds it
 */
public record SlugDiff(List<SlugFile> added, List<SlugFile> removed, List<SlugFile> changed) {
    /** Copies the lists. */
    public SlugDiff {
        added = ImmutableList.copyOf(added);
        removed = ImmutableList.copyOf(removed);
        changed = ImmutableList.copyOf(changed);
    }

    static SlugDiff between(SortedMap<String, SlugFile> from, SortedMap<String, SlugFile> to) {
        MapDifference<String, SlugFile> difference = Maps.difference(from, to);
        return new SlugDiff(
                ImmutableList.copyOf(difference.entriesOnlyOnRight().values()),
                ImmutableList.copyOf(difference.entriesOnlyOnLeft().values()),
                difference.entriesDiffering().values().stream()
                        .map(MapDifference.ValueDifference::rightValue)
                        .collect(ImmutableList.toImmutableList()));
    }

    /** Whether the two slugs are the same. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /** One line for each path: {@code + added}, {@code - removed}, {@code ~ changed}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        added.forEach(
                file -> text.append("+ ").append(Printable.text(file.path())).append('\n'));
        removed.forEach(
                file -> text.append("- ").append(Printable.text(file.path())).append('\n'));
        changed.forEach(
                file -> text.append("~ ").append(Printable.text(file.path())).append('\n'));
        return text.toString();
    }
}
