package io.procmodel.build;

/**
 * A tool of this machine has a version that the app does not allow. Install another one, or change what the app asks for;
 * the message names both. Nothing has changed.
 */
public final class ToolVersionException extends BuildException {
    private static final long serialVersionUID = 1L;

    private final String tool;
    private final String wanted;
    private final String found;

    /**
     * Creates the error.
     *
     * @param tool the tool, for example {@code node}
     * @param where what asks for a version, for example {@code engines.node in package.json}
     * @param wanted the version or range that it asks for
     * @param found the version at hand
     */
    public ToolVersionException(String tool, String where, String wanted, String found) {
        super(tool + ": version " + found + " is at hand, but " + where + " asks for \"" + wanted + "\" (expected: a "
                + tool + " of such a version on the PATH, or another \"" + where + "\")");
        this.tool = tool;
        this.wanted = wanted;
        this.found = found;
    }

    /** The tool. */
    public String tool() {
        return tool;
    }

    /** The version or range that the app asks for. */
    public String wanted() {
        return wanted;
    }

    /** The version at hand. */
    public String found() {
        return found;
    }
}
