package io.procmodel.procfile;

/** Where a variable of a {@link LayeredEnvironment} can come from. */
public enum EnvironmentLayer {
    /** The platform: config vars, and what the platform sets itself. */
    PLATFORM,
    /** The process that hosts the library: the environment that the operating system gave it. */
    HOST,
    /** {@code .env} files. */
    FILES
}
