package io.procmodel.procfile;

import com.google.common.base.CharMatcher;
import java.util.Map;

/** Writes variables as the text of a {@code .env} file that {@link DotEnv#parse} reads back unchanged. */
public final class DotEnvText {
    private static final CharMatcher PLAIN = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("_-./:@+,%"));

    private DotEnvText() {}

    /** One line for each variable, in order: a plain word as it is, anything else in double quotes with escapes. */
    public static String of(Map<String, String> variables) {
        StringBuilder text = new StringBuilder();
        variables.forEach((name, value) -> {
            text.append(name).append('=');
            append(text, value);
            text.append('\n');
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String value) {
        if (PLAIN.matchesAllOf(value)) {
            text.append(value);
            return;
        }
        text.append('"');
        value.chars().forEach(character -> appendEscaped(text, (char) character));
        text.append('"');
    }

    private static void appendEscaped(StringBuilder text, char character) {
        switch (character) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '"', '\\', '$' -> text.append('\\').append(character);
            default -> text.append(character);
        }
    }
}
