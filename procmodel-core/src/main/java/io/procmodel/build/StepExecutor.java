package io.procmodel.build;

import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;

/** Commons Exec's executor, whose processes are started with outputs of ours instead of the JDK's pipes. */
final class StepExecutor extends DefaultExecutor {
    private static final ThreadFactory THREADS = new NamedThreads("procmodel-build-step");

    private final StepOutput output;
    private final Path directory;

    /** By the constructor that Commons Exec would rather not have called: its builder makes no subclass. */
    @SuppressWarnings("deprecation")
    StepExecutor(StepOutput output, Path directory) {
        this.output = output;
        this.directory = directory;
        setStreamHandler(output);
    }

    @Override
    protected Process launch(CommandLine command, Map<String, String> environment, Path ignored) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command.toStrings())).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return output.start(builder);
    }

    @Override
    protected Thread createThread(Runnable work, String name) {
        return THREADS.newThread(work);
    }
}
