package io.procmodel.procfile;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/**
 * One change of a text that leaves every other character where it is. The changed text is read again, and the change is
 * refused unless it did exactly what was asked.
 */
final class ProcfileEdit {
    private final ProcfileReader reader;
    private final String source;
    private final String text;
    private final LineRules rules;
    private final Reading reading;

    ProcfileEdit(ProcfileReader reader, String source, String text) {
        this.reader = reader;
        this.source = source;
        this.text = text;
        this.rules = reader.lineRules();
        this.reading = reader.reading(text, source);
    }

    Procfile set(ProcessType type) {
        List<ProcessType> expected = new ArrayList<>(reading.types());
        for (int place = 0; place < expected.size(); place++) {
            if (expected.get(place).name().equals(type.name())) {
                expected.set(place, type);
                return verified(replaced(reading.entries().get(place), type.command()), expected, type);
            }
        }
        expected.add(type);
        return verified(append(type.name() + ": " + type.command()), expected, type);
    }

    Procfile remove(String name) {
        StringBuilder kept = new StringBuilder();
        int position = 0;
        for (Reading.Entry entry : reading.occurrences()) {
            if (entry.type().name().equals(name)) {
                kept.append(text, position, entry.start());
                position = entry.next();
            }
        }
        kept.append(text, position, text.length());
        if (!endsLine()) {
            kept.setLength(withoutLineEnd(kept));
        }
        return reader.parse(kept.toString(), source);
    }

    private String replaced(Reading.Entry entry, String command) {
        return text.substring(0, entry.commandStart()) + command + text.substring(entry.commandEnd());
    }

    private String append(String line) {
        if (text.isEmpty() || text.equals(String.valueOf(Lines.BYTE_ORDER_MARK))) {
            return text + line + "\n";
        }
        String lineEnd = firstLineEnd();
        return endsLine() ? text + line + lineEnd : text + lineEnd + line;
    }

    private Procfile verified(String changed, List<ProcessType> expected, ProcessType type) {
        Reading changedReading = reader.reading(changed, source);
        if (changedReading.isRefused() || !changedReading.types().equals(ImmutableList.copyOf(expected))) {
            throw new InvalidValueException(
                    "process type",
                    type.name() + ": " + type.command(),
                    "a name and a command of one line that read back as they were written");
        }
        return reader.parse(changed, source);
    }

    private String firstLineEnd() {
        Line first = new Lines(text, rules).next();
        return first.next() > first.end() ? text.substring(first.end(), first.next()) : "\n";
    }

    private boolean endsLine() {
        return text.endsWith("\n") || (rules.carriageReturnEndsLine() && text.endsWith("\r"));
    }

    private static int withoutLineEnd(CharSequence text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }
}
