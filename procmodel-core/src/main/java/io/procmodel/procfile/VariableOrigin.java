package io.procmodel.procfile;

/**
 * Where a variable of a {@link DotEnv} was set.
 *
 * @param source the path of the file, or a name such as {@code .env}
 * @param line the line, from 1
 */
public record VariableOrigin(String source, int line) {
    /** For example {@code .env:3}. */
    @Override
    public String toString() {
        return source + ":" + line;
    }
}
