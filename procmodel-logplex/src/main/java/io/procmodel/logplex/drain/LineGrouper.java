package io.procmodel.logplex.drain;

import io.procmodel.log.LinePart;
import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.ring.Line;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines of one origin that belong together, such as those of a stack trace, into one message, for as long as they
 * come without a pause and up to a size. Dynos never mix. Not thread-safe.
 */
public final class LineGrouper {
    private static final long PATIENCE_NANOS = 500_000_000;
    private static final int MOST_LINES = 1000;
    private static final int MOST_BYTES = 256 * 1024;

    private final @Nullable Function<Line, Place> rule;
    private final Map<LogOrigin, Draft> drafts = new LinkedHashMap<>();
    private final Deque<Group> complete = new ArrayDeque<>();

    /** Where a line stands in its group. */
    public enum Place {
        /** It begins a group. */
        FIRST,
        /** It belongs to the group that the line before it belongs to. */
        MORE,
        /** It ends the group. */
        LAST,
        /** It is a message of its own. */
        ALONE
    }

    /** A message and how many lines are in it. */
    record Group(Line line, int lines, long seq) {}

    /**
     * Creates a grouper.
     *
     * @param rule tells where a line stands; null if every line is a message of its own
     */
    public LineGrouper(@Nullable Function<Line, Place> rule) {
        this.rule = rule;
    }

    boolean isActive() {
        return rule != null;
    }

    boolean isEmpty() {
        return drafts.isEmpty() && complete.isEmpty();
    }

    void add(Line line, long nanos) {
        Place place = rule == null ? Place.ALONE : rule.apply(line);
        Draft draft = drafts.get(line.origin());
        if (draft != null && (place == Place.FIRST || place == Place.ALONE || !draft.hasRoomFor(line))) {
            end(line.origin(), draft);
            draft = null;
        }
        if (draft == null) {
            draft = new Draft(line);
            drafts.put(line.origin(), draft);
        } else {
            draft.add(line);
        }
        draft.touched = nanos;
        if (place == Place.LAST || place == Place.ALONE) {
            end(line.origin(), draft);
        }
    }

    /** The next complete group, or null. Groups that have waited long enough are complete. */
    @Nullable
    Group peek(long nanos) {
        for (Iterator<Draft> all = drafts.values().iterator(); all.hasNext(); ) {
            Draft draft = all.next();
            if (nanos - draft.touched >= PATIENCE_NANOS) {
                all.remove();
                complete.add(draft.toGroup());
            }
        }
        return complete.peek();
    }

    void remove() {
        complete.remove();
    }

    void endAll() {
        drafts.values().forEach(draft -> complete.add(draft.toGroup()));
        drafts.clear();
    }

    /** How long until the oldest group has waited enough. */
    long waitNanos(long nanos) {
        long wait = PATIENCE_NANOS;
        for (Draft draft : drafts.values()) {
            wait = Math.min(wait, Math.max(1, draft.touched + PATIENCE_NANOS - nanos));
        }
        return complete.isEmpty() ? wait : 1;
    }

    /** The number of the oldest line that waits here. */
    OptionalLong oldest() {
        long oldest = Long.MAX_VALUE;
        for (Draft draft : drafts.values()) {
            oldest = Math.min(oldest, draft.first.seq());
        }
        for (Group group : complete) {
            oldest = Math.min(oldest, group.seq());
        }
        return oldest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    private void end(LogOrigin origin, Draft draft) {
        drafts.remove(origin);
        complete.add(draft.toGroup());
    }

    /** A group to which lines are still added. */
    private static final class Draft {
        private final Line first;
        private byte[] bytes;
        private int length;
        private int lines;
        private long touched;
        private LinePart lastPart = LinePart.WHOLE;

        Draft(Line line) {
            first = line;
            bytes = new byte[Math.max(256, line.length())];
            append(line);
        }

        boolean hasRoomFor(Line line) {
            return lines < MOST_LINES && length + line.length() < MOST_BYTES;
        }

        void add(Line line) {
            reserve(line.length() + 1);
            if (lastPart.endsLine()) {
                bytes[length++] = '\n';
            }
            append(line);
        }

        private void append(Line line) {
            reserve(line.length());
            line.copyTo(bytes, length);
            length += line.length();
            lastPart = line.part();
            lines++;
        }

        private void reserve(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
            }
        }

        Group toGroup() {
            return new Group(first.withBytes(bytes, length), lines, first.seq());
        }
    }
}
