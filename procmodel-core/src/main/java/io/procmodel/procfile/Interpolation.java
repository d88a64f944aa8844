package io.procmodel.procfile;

/** Which references a {@link DotEnvReader} replaces; single quotes protect from all, and commands are never run. */
public enum Interpolation {
    /** None: {@code $} is an ordinary character. */
    NONE,
    /** <code>${NAME}</code>, <code>${NAME:-default}</code> and <code>${NAME:?message}</code>. */
    BRACES,
    /** {@link #BRACES} and {@code $NAME}. */
    FULL
}
