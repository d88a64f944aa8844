package io.procmodel.build;

/** A program that the build needs is not on the path of this machine. Install it and build again. */
public final class MissingToolException extends BuildException {
    private static final long serialVersionUID = 1L;

    private final String tool;

    /**
     * Creates the error.
     *
     * @param tool the name of the program, for example {@code npm}
     * @param why what needs it
     * @param install what to install, in words
     */
    public MissingToolException(String tool, String why, String install) {
        super(tool + ": not found on the PATH, but " + why + " needs it (expected: " + install + ")");
        this.tool = tool;
    }

    /** The name of the program. */
    public String tool() {
        return tool;
    }
}
