package io.procmodel.procfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A {@link ProcfileComparison} as text: dialects that run the same share a line. */
final class ComparisonText {
    private static final int REASONS = 5;
    private static final String INDENT = "  ";

    private final ProcfileComparison comparison;
    private final StringBuilder text = new StringBuilder();

    private ComparisonText(ProcfileComparison comparison) {
        this.comparison = comparison;
    }

    static String of(ProcfileComparison comparison) {
        ComparisonText rendering = new ComparisonText(comparison);
        rendering.summary();
        comparison.names().forEach(rendering::name);
        comparison.outcomes().forEach(rendering::refusal);
        return rendering.text.toString();
    }

    private void summary() {
        if (comparison.agrees()) {
            text.append("All dialects agree.\n");
            return;
        }
        long refusals = comparison.outcomes().values().stream()
                .filter(outcome -> !outcome.accepted())
                .count();
        text.append(
                comparison.differences().isEmpty()
                        ? "The dialects do not differ about what they run"
                        : "The dialects differ about " + String.join(", ", comparison.differences()));
        int dialects = comparison.outcomes().size();
        text.append(refusals == 0 ? ".\n" : "; " + refusals + " of " + dialects + " refuse the file.\n");
    }

    private void name(String name) {
        text.append('\n').append(name).append('\n');
        Map<String, StringJoiner> dialects = new LinkedHashMap<>();
        comparison.outcomes().forEach((dialect, outcome) -> {
            if (outcome.accepted()) {
                dialects.computeIfAbsent(shown(outcome.commands(name)), shown -> new StringJoiner(", "))
                        .add(dialect.name());
            }
        });
        if (dialects.size() == 1) {
            text.append(INDENT).append(dialects.keySet().iterator().next()).append('\n');
            return;
        }
        int width =
                dialects.values().stream().mapToInt(StringJoiner::length).max().orElse(0);
        dialects.forEach((shown, names) -> text.append(INDENT)
                .append(String.format("%-" + width + "s", names))
                .append(INDENT)
                .append(shown)
                .append('\n'));
    }

    private static String shown(List<String> commands) {
        return switch (commands.size()) {
            case 0 -> "(not run)";
            case 1 -> commands.get(0).isBlank() ? "(an empty command)" : commands.get(0);
            default -> commands.size() + " times: " + String.join(" | ", commands);
        };
    }

    private void refusal(ProcfileDialect dialect, ProcfileComparison.Outcome outcome) {
        if (outcome.accepted()) {
            return;
        }
        List<Diagnostic> errors = outcome.diagnostics().stream()
                .filter(found -> found.severity() == Severity.ERROR)
                .toList();
        text.append('\n').append(dialect).append(" refuses the file\n");
        errors.stream()
                .limit(REASONS)
                .forEach(error -> text.append(INDENT)
                        .append("line ")
                        .append(error.line())
                        .append(": ")
                        .append(error.message())
                        .append('\n'));
        if (errors.size() > REASONS) {
            text.append(INDENT).append("and ").append(errors.size() - REASONS).append(" more\n");
        }
    }
}
