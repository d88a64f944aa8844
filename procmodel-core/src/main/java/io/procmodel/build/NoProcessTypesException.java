package io.procmodel.build;

/** Nothing says what the app can run: it has no Procfile that declares a process type, and no buildpack gave one. */
public final class NoProcessTypesException extends BuildException {
    private static final long serialVersionUID = 1L;

    NoProcessTypesException(String found, RootFiles rootFiles) {
        super(found + ", and no buildpack gave default process types (expected: a file named Procfile with at least one"
                + " line such as \"web: <command>\"); " + rootFiles);
    }
}
