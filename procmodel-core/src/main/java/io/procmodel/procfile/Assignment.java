package io.procmodel.procfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of {@code .env} that sets a variable; equal only to itself, as two lines may say the same. */
final class Assignment {
    private final String name;
    private final List<ValuePart> value;
    private final Line line;
    private final Findings findings;
    private final @Nullable Assignment previous;

    /**
     * Notes a line.
     *
     * @param findings where diagnostics about its references go
     * @param previous what this one overrides, or null
     */
    Assignment(String name, List<ValuePart> value, Line line, Findings findings, @Nullable Assignment previous) {
        this.name = name;
        this.value = value;
        this.line = line;
        this.findings = findings;
        this.previous = previous;
    }

    String name() {
        return name;
    }

    /** The value, references not yet replaced. */
    List<ValuePart> value() {
        return value;
    }

    Line line() {
        return line;
    }

    Findings findings() {
        return findings;
    }

    @Nullable
    Assignment previous() {
        return previous;
    }

    VariableOrigin origin() {
        return new VariableOrigin(findings.source(), line.number());
    }
}
