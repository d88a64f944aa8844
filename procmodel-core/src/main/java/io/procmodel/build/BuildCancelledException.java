package io.procmodel.build;

import java.util.List;

/** A build was cancelled, or its platform closed, before it was through. There is no slug and nothing has changed. */
public final class BuildCancelledException extends BuildException {
    private static final long serialVersionUID = 1L;

    BuildCancelledException(List<String> lastLines) {
        super("the build was cancelled", lastLines, null);
    }
}
