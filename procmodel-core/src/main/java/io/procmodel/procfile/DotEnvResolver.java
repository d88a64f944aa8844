package io.procmodel.procfile;

import io.procmodel.procfile.ValuePart.Otherwise;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces references, whatever the order of the lines. A variable that refers to itself means what it overrides: an
 * earlier line, an earlier file, or the environment. Depth and size are bounded, so that no text can exhaust memory.
 */
final class DotEnvResolver {
    private static final int DEPTH = 100;
    private static final int BUDGET = 8 << 20;

    private final Map<String, Assignment> assignments;
    private final Map<String, String> environment;
    private final Map<Assignment, String> resolved = new HashMap<>();
    private final Set<Assignment> open = new LinkedHashSet<>();
    private int budget = BUDGET;

    DotEnvResolver(Map<String, Assignment> assignments, Map<String, String> environment) {
        this.assignments = assignments;
        this.environment = environment;
    }

    /** The value of a variable, references replaced. */
    String resolve(Assignment assignment) {
        String known = assignment.text() == null ? resolved.get(assignment) : assignment.text();
        if (known != null) {
            return known;
        }
        if (open.size() >= DEPTH) {
            report(
                    assignment,
                    DiagnosticCode.REFERENCE_LIMIT,
                    "references are nested too deep",
                    "nest at most " + DEPTH);
            return "";
        }
        open.add(assignment);
        String value = text(assignment, assignment.parts());
        open.remove(assignment);
        resolved.put(assignment, value);
        return value;
    }

    private String text(Assignment within, List<ValuePart> parts) {
        StringBuilder value = new StringBuilder();
        for (ValuePart part : parts) {
            value.append(
                    part instanceof ValuePart.Reference reference
                            ? spend(within, reference(within, reference))
                            : ((ValuePart.Text) part).text());
        }
        return value.toString();
    }

    private String spend(Assignment within, String value) {
        if (value.length() > budget) {
            report(
                    within,
                    DiagnosticCode.REFERENCE_LIMIT,
                    "the values grow too big by references",
                    "all replaced references together may have " + BUDGET + " characters");
            return "";
        }
        budget -= value.length();
        return value;
    }

    private String reference(Assignment within, ValuePart.Reference reference) {
        Optional<String> value = lookUp(within, reference.name());
        if (reference.otherwise() instanceof Otherwise.Default otherwise) {
            return value.filter(text -> !text.isEmpty()).orElseGet(() -> text(within, otherwise.value()));
        }
        if (reference.otherwise() instanceof Otherwise.Refusal) {
            return value.filter(text -> !text.isEmpty())
                    .orElseGet(() -> unset(within, Severity.ERROR, reference.name()));
        }
        return value.orElseGet(() -> unset(within, Severity.WARNING, reference.name()));
    }

    private Optional<String> lookUp(Assignment within, String name) {
        boolean itself = name.equals(within.name());
        @Nullable Assignment assignment = itself ? within.previous() : assignments.get(name);
        if (assignment == null) {
            return Optional.ofNullable(environment.get(name));
        }
        if (open.contains(assignment)) {
            cycle(within, assignment);
            return Optional.of("");
        }
        return Optional.of(resolve(assignment));
    }

    private void cycle(Assignment within, Assignment again) {
        StringBuilder path = new StringBuilder();
        boolean part = false;
        for (Assignment step : open) {
            part |= step.equals(again);
            if (part) {
                path.append(step.name()).append(" (").append(step.origin()).append(") -> ");
            }
        }
        report(
                within,
                DiagnosticCode.REFERENCE_CYCLE,
                "these values need each other: " + path + again.name(),
                "write one of them without the reference");
    }

    private static String unset(Assignment within, Severity severity, String name) {
        within.report(
                severity,
                DiagnosticCode.UNSET_VARIABLE,
                within.name() + " needs " + name + ", which nothing sets",
                "set " + name + ", or write ${" + name + ":-DEFAULT}");
        return "";
    }

    private static void report(Assignment within, DiagnosticCode code, String message, String hint) {
        within.report(Severity.ERROR, code, within.name() + ": " + message, hint);
    }
}
