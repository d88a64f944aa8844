package io.procmodel.logplex.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogLevel;
import io.procmodel.log.LogStream;
import io.procmodel.logplex.ring.Line;
import java.util.regex.Pattern;

/** One thing that is asked of a line. Immutable; a test copies nothing unless the text is asked about. */
public sealed interface Condition {
    /** Whether the line is asked for. */
    boolean test(Line line);

    /** Whether the line's bytes must be looked at, which costs more than all else. */
    default boolean readsBytes() {
        return false;
    }

    /** Every line. */
    record Everything() implements Condition {
        @Override
        public boolean test(Line line) {
            return true;
        }
    }

    /** Lines of one source, exactly (Heroku: LOG-15). */
    record OfSource(String name) implements Condition {
        @Override
        public boolean test(Line line) {
            return line.origin().source().equals(name);
        }
    }

    /** Lines of one process, exactly. */
    record OfProcess(String name) implements Condition {
        @Override
        public boolean test(Line line) {
            return line.origin().process().equals(name);
        }
    }

    /** Lines of all processes of a type (Heroku: LOG-15). */
    record OfProcessType(String name) implements Condition {
        @Override
        public boolean test(Line line) {
            return line.origin().isOfProcessType(name);
        }
    }

    /** Lines of one output of the processes. */
    record OfStream(LogStream stream) implements Condition {
        @Override
        public boolean test(Line line) {
            return line.origin().stream() == stream;
        }
    }

    /** Lines at an instant, in microseconds since the epoch, or later. */
    record Since(long micros) implements Condition {
        @Override
        public boolean test(Line line) {
            return line.micros() >= micros;
        }
    }

    /** Lines before an instant, in microseconds since the epoch. */
    record Until(long micros) implements Condition {
        @Override
        public boolean test(Line line) {
            return line.micros() < micros;
        }
    }

    /** Lines whose bytes contain the text's UTF-8 bytes. */
    final class Contains implements Condition {
        private final byte[] wanted;

        /** Looks for a text. */
        public Contains(String text) {
            wanted = text.getBytes(UTF_8);
        }

        @Override
        public boolean test(Line line) {
            return line.contains(wanted);
        }

        @Override
        public boolean readsBytes() {
            return true;
        }
    }

    /** Lines in whose text the pattern is found. */
    record Matches(Pattern pattern) implements Condition {
        @Override
        public boolean test(Line line) {
            return pattern.matcher(line.text()).find();
        }

        @Override
        public boolean readsBytes() {
            return true;
        }
    }

    /** Lines of a level from one to another. */
    record OfLevel(LogLevel least, LogLevel most) implements Condition {
        @Override
        public boolean test(Line line) {
            LogLevel level = LineLevel.of(line);
            return level.compareTo(least) >= 0 && level.compareTo(most) <= 0;
        }

        @Override
        public boolean readsBytes() {
            return true;
        }
    }

    /** Lines that meet both; the one that is cheaper to test is tested first. */
    record Both(Condition first, Condition second) implements Condition {
        /** Puts the cheaper one first. */
        public static Condition of(Condition a, Condition b) {
            return a.readsBytes() && !b.readsBytes() ? new Both(b, a) : new Both(a, b);
        }

        @Override
        public boolean test(Line line) {
            return first.test(line) && second.test(line);
        }

        @Override
        public boolean readsBytes() {
            return first.readsBytes() || second.readsBytes();
        }
    }

    /** Lines that meet at least one; the one that is cheaper to test is tested first. */
    record Either(Condition first, Condition second) implements Condition {
        /** Puts the cheaper one first. */
        public static Condition of(Condition a, Condition b) {
            return a.readsBytes() && !b.readsBytes() ? new Either(b, a) : new Either(a, b);
        }

        @Override
        public boolean test(Line line) {
            return first.test(line) || second.test(line);
        }

        @Override
        public boolean readsBytes() {
            return first.readsBytes() || second.readsBytes();
        }
    }

    /** Lines that do not meet it. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean test(Line line) {
            return !condition.test(line);
        }

        @Override
        public boolean readsBytes() {
            return condition.readsBytes();
        }
    }
}
