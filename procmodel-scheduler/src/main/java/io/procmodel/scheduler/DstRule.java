package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

/**
 * What happens to local times that a clock change skips or repeats. An expression counts as a rhythm when its minute or
 * its hour begins with {@code *} (the distinction that cronie makes), and as a time of day otherwise. A rhythm follows
 * real time through a gap: there is nothing to catch up.
 *
 * @param gap what a time of day does that the clock skips
 * @param overlap what a time of day does that the clock shows twice
 * @param wildcardOverlap what a rhythm does while the clock shows the same hour again
 */
public record DstRule(Gap gap, Overlap overlap, Overlap wildcardOverlap) {
    /**
     * The default, once a day whatever the clocks do: a skipped time runs later by the length of the gap (java.time's own
     * rule; a daily job never loses a day), a repeated time runs the first time only (also after a restart in the second
     * pass), and {@code every 20 minutes} means real time.
     */
    public static final DstRule ONCE = new DstRule(Gap.SHIFT, Overlap.FIRST, Overlap.BOTH);

    /** Creates the rule from its three decisions. */
    public DstRule {
        requireNonNull(gap, "gap");
        requireNonNull(overlap, "overlap");
        requireNonNull(wildcardOverlap, "wildcardOverlap");
    }

    /** This rule with another decision about gaps. */
    public DstRule withGap(Gap other) {
        return new DstRule(other, overlap, wildcardOverlap);
    }

    /** This rule with another decision about repeated times of day. */
    public DstRule withOverlap(Overlap other) {
        return new DstRule(gap, other, wildcardOverlap);
    }

    /** This rule with another decision about rhythms in a repeated hour. */
    public DstRule withWildcardOverlap(Overlap other) {
        return new DstRule(gap, overlap, other);
    }

    /** What a time of day does that the clock skips. */
    public enum Gap {
        /** It runs later, by the length of the gap. */
        SHIFT,
        /** It does not run on that day. */
        SKIP
    }

    /** What a local time does that the clock shows twice. */
    public enum Overlap {
        /** It runs in the first pass only. */
        FIRST,
        /** It runs in both passes. */
        BOTH
    }
}
