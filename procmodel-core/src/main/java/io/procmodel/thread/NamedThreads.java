package io.procmodel.thread;

import java.util.concurrent.ThreadFactory;

/** Makes daemon platform threads with one name and a small stack. Thread-safe. */
public final class NamedThreads implements ThreadFactory {
    /** Enough for the library's shallow loops; a dyno costs several threads, so their stacks are kept small. */
    private static final long STACK_BYTES = 256 * 1024;

    private final String name;

    /**
     * Creates a factory.
     *
     * @param name the name of every thread, such as {@code procmodel-shop-web.1-output}
     */
    public NamedThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
