package io.procmodel.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Text that escaping gets wrong: every meaning that some reader on the way gives to a character. */
final class NastyText {
    private static final List<String> PIECES = List.of(
            "plain",
            "a b",
            "  leading",
            "trailing  ",
            "'",
            "\"",
            "\\",
            "\\n",
            "$HOME",
            "${X:-d}",
            "$$",
            "`id`",
            "$(id)",
            "%",
            "%h",
            "%(x)s",
            "#",
            " # not a comment",
            ";",
            " ; not one either",
            "&&",
            "|",
            "<",
            ">",
            "&amp;",
            "]]>",
            "*",
            "?",
            "~",
            "!",
            "{a,b}",
            "[x]",
            "=",
            ":",
            ",",
            "é",
            "漢字",
            "\t",
            "it's \"quoted\" \\ and $more");

    private NastyText() {}

    /** Commands that print exactly one of the texts each. */
    static Stream<String> texts() {
        return PIECES.stream();
    }

    /** Variables with the texts as values, and one of several lines. */
    static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < PIECES.size(); i++) {
            variables.put("V" + i, PIECES.get(i));
        }
        variables.put("LINES", "first\nsecond 'line'\n\"third\" $x");
        variables.put("BACKSLASHES", "C:\\\\share\\\\'x'\\");
        variables.put("WINDOWS_LINES", "first\r\nsecond\r");
        variables.put("EMPTY", "");
        return variables;
    }
}
