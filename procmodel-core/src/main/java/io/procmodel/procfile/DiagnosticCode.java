package io.procmodel.procfile;

import com.google.common.base.Ascii;

/** What a {@link Diagnostic} is about, stable enough to filter by; prints as {@code merge-conflict-mark}. */
public enum DiagnosticCode {
    /** The text starts with a byte order mark, with which most platforms lose the first entry. */
    BYTE_ORDER_MARK,
    /** The bytes are not UTF-8. */
    NOT_UTF_8,
    /** The text has lone carriage returns, or several kinds of line ends. */
    LINE_ENDS,
    /** No line declares a process type. */
    NO_PROCESS_TYPES,
    /** Several lines declare the same type. */
    DUPLICATE_TYPE,
    /** A mark that an unfinished merge left. */
    MERGE_CONFLICT_MARK,
    /** A block scalar, a list item or a document mark, as if the file were YAML. */
    YAML_BLOCK,
    /** A backslash at the end of a line, as if the next line continued it. */
    CONTINUED_LINE,
    /** A name without the colon after it. */
    MISSING_COLON,
    /** A shell command that belongs in a terminal. */
    STRAY_COMMAND,
    /** The {@code echo "…"} of a command that should have written the file. */
    LEFT_OVER_ECHO,
    /** A comment that does not start with {@code #}. */
    COMMENT_MARK,
    /** A variable, which belongs in {@code .env} or a config var. */
    VARIABLE_ASSIGNMENT,
    /** Mark-up of a template that was never filled in. */
    TEMPLATE_MARKUP,
    /** A quoted name. */
    QUOTED_NAME,
    /** A character that no name may have. */
    NAME_CHARACTER,
    /** A name that does not start with a letter or digit. */
    NAME_START,
    /** A name longer than allowed. */
    NAME_LENGTH,
    /** A name that some platforms refuse or rewrite. */
    NAME_NOT_PORTABLE,
    /** A name that has a meaning of its own elsewhere: {@code all} is every process type in a formation. */
    NAME_RESERVED,
    /** An indented line that continues nothing. */
    INDENTED_LINE,
    /** A blank before the colon. */
    BLANK_BEFORE_COLON,
    /** No blank after the colon. */
    NO_BLANK_AFTER_COLON,
    /** A second colon right after the first. */
    DOUBLE_COLON,
    /** A name without a command. */
    EMPTY_COMMAND,
    /** Blanks after the command. */
    TRAILING_BLANKS,
    /** A comment after the command, which most platforms pass to the shell. */
    TRAILING_COMMENT,
    /** A quotation mark without its partner. */
    UNBALANCED_QUOTE,
    /** A control character, for example NUL, which no command can have. */
    CONTROL_CHARACTER,
    /** A character that looks like a blank and is a letter to a shell, for example a no-break space. */
    FALSE_BLANK,
    /** A line that is no entry, for no reason known here. */
    NOT_AN_ENTRY,
    /** A line of {@code .env} that sets no variable. */
    NOT_AN_ASSIGNMENT,
    /** A name that no variable may have. */
    VARIABLE_NAME,
    /** An {@code export} of a variable that no line before sets. */
    EXPORT_WITHOUT_VALUE,
    /** Several lines set the same variable. */
    DUPLICATE_VARIABLE,
    /** Text after the closing quote of a value. */
    TEXT_AFTER_QUOTE,
    /** A backslash before a character that needs none. */
    UNKNOWN_ESCAPE,
    /** A quoted value of several lines, one of which looks like an assignment. */
    SWALLOWED_LINE,
    /** Variables whose values need each other. */
    REFERENCE_CYCLE,
    /** References nested too deep, or values that grow too big by them. */
    REFERENCE_LIMIT,
    /** A reference to a variable that nothing sets. */
    UNSET_VARIABLE,
    /** A reference whose syntax is broken. */
    BROKEN_REFERENCE,
    /** A command substitution, which is never run. */
    COMMAND_SUBSTITUTION;

    @Override
    public String toString() {
        return Ascii.toLowerCase(name()).replace('_', '-');
    }
}
