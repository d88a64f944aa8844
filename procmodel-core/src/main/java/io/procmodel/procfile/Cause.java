package io.procmodel.procfile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A guess at why a line is no entry: the reader knows what people leave in Procfiles by mistake.
 *
 * @param code the kind of mistake
 * @param fits whether a line, without its outer blanks, looks like it
 * @param message what was found
 * @param hint the way out
 */
record Cause(DiagnosticCode code, Predicate<String> fits, String message, String hint) {
    private static final ImmutableSet<String> TERMINAL_WORDS = ImmutableSet.of(
            "bundle", "cd", "docker", "export", "git", "heroku", "mkdir", "npm", "pip", "python", "python3", "source",
            "sudo", "touch", "yarn");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?:export[ \t]++)?+[A-Z_][A-Z0-9_]*+=.*+");
    private static final Pattern QUOTED_NAME = Pattern.compile("([\"'`])[A-Za-z0-9_-]++\\1?+[ \t]*+:.*+");

    private static final Cause UNKNOWN = new Cause(
            DiagnosticCode.NOT_AN_ENTRY,
            line -> true,
            "this line declares no process type",
            "write NAME: COMMAND, or start the line with # to make it a comment");

    private static final Cause CONTINUED = new Cause(
            DiagnosticCode.INDENTED_LINE,
            line -> line.indexOf(':') < 0,
            "this line is indented as if it continued the one before",
            "write the whole command on one line");

    private static final List<Cause> MARKS = List.of(
            new Cause(
                    DiagnosticCode.MERGE_CONFLICT_MARK,
                    line -> startsWithAny(line, "<<<<<<<", "=======", ">>>>>>>", "|||||||"),
                    "this is a mark of a merge conflict",
                    "finish the merge: keep one side and delete the marks"),
            new Cause(
                    DiagnosticCode.LEFT_OVER_ECHO,
                    line -> startsWithAny(line, "echo ", "@echo ") && line.indexOf(':') > 0,
                    "this is the command that should have written the Procfile",
                    "keep only the text that it echoes, without the quotes"),
            new Cause(
                    DiagnosticCode.COMMENT_MARK,
                    line -> startsWithAny(line, "//", "/*", "*/", "* ", "%", ";", "-- ", "<!--", "REM ", "rem "),
                    "this looks like a comment with another language's mark",
                    "start comments with #"),
            new Cause(
                    DiagnosticCode.TEMPLATE_MARKUP,
                    line -> line.contains("{{") || line.contains("{%") || startsWithAny(line, "<%", "${", "@@"),
                    "this looks like a template that was never filled in",
                    "fill in the template before it is used as a Procfile"),
            new Cause(
                    DiagnosticCode.YAML_BLOCK,
                    line -> line.equals("---") || startsWithAny(line, "- ", "--- "),
                    "this looks like YAML",
                    "a Procfile is no YAML: write NAME: COMMAND, one entry a line"),
            new Cause(
                    DiagnosticCode.QUOTED_NAME,
                    line -> QUOTED_NAME.matcher(line).matches(),
                    "the name of the process type is quoted",
                    "write the name without quotes"),
            new Cause(
                    DiagnosticCode.VARIABLE_ASSIGNMENT,
                    line -> ASSIGNMENT.matcher(line).matches(),
                    "this sets a variable; it declares no process type",
                    "move it to .env or to a config var"),
            new Cause(
                    DiagnosticCode.NAME_CHARACTER,
                    Cause::hasOtherCharactersBeforeColon,
                    "the name has a character other than letters, digits, _ and -",
                    "rename the process type; the colon must be the ASCII one"));

    private static final List<Cause> FORGOTTEN = List.of(
            new Cause(
                    DiagnosticCode.STRAY_COMMAND,
                    line -> TERMINAL_WORDS.contains(firstWord(line)),
                    "this is a command without the name of a process type",
                    "run it in a terminal, or declare it: NAME: COMMAND"),
            new Cause(
                    DiagnosticCode.MISSING_COLON,
                    Cause::startsWithNameAndBlank,
                    "there is no colon after the name",
                    "write a colon between the name and the command"));

    /** The first known cause that fits, for a line that is neither blank nor a comment. */
    static Cause of(Line line) {
        String content = line.text().substring(line.nameStart(), line.trimmedEnd());
        boolean continued = line.isIndented() && line.number() > 1;
        return Stream.of(MARKS, continued ? List.of(CONTINUED) : List.<Cause>of(), FORGOTTEN)
                .flatMap(List::stream)
                .filter(cause -> cause.fits().test(content))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static boolean startsWithAny(String line, String... prefixes) {
        for (String prefix : prefixes) {
            if (line.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && !LineRules.SPACE_AND_TAB.matches(line.charAt(end))) {
            end++;
        }
        return Ascii.toLowerCase(line.substring(0, end));
    }

    /** {@code is.web: x} and {@code web 1: x}, but not {@code web node a:b}. */
    private static boolean hasOtherCharactersBeforeColon(String line) {
        int colon = line.indexOf(':');
        int fullWidthColon = line.indexOf('\uFF1A');
        if (fullWidthColon > 0 && (colon < 0 || fullWidthColon < colon)) {
            return true;
        }
        int blank = Characters.endOfName(line, 0, line.length());
        boolean single = colon > 0 && firstWord(line.substring(0, colon + 1)).length() == colon + 1;
        return single || (colon > blank && line.startsWith(" ", blank) && isNumber(line, blank + 1, colon));
    }

    private static boolean isNumber(String line, int start, int end) {
        return end > start && line.substring(start, end).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean startsWithNameAndBlank(String line) {
        int end = Characters.endOfName(line, 0, line.length());
        return end > 0
                && (end == line.length()
                        || line.charAt(end) == '='
                        || LineRules.SPACE_AND_TAB.matches(line.charAt(end)));
    }
}
