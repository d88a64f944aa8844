package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.pipe.OutputChannels;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;

/**
 * One command of a build, run by Commons Exec under a {@link StepLauncher}. The whole process tree is gone when this
 * returns, however it ends.
 */
final class BuildCommand {
    private static final Duration END_OF_OUTPUT = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final StepLauncher launcher;
    private final OutputChannels channels;
    private final ImmutableList<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final Duration lastWords;

    BuildCommand(
            StepLauncher launcher,
            OutputChannels channels,
            List<String> command,
            Path directory,
            Map<String, String> environment) {
        this(launcher, channels, command, directory, environment, LAST_WORDS);
    }

    /**
     * Describes the command.
     *
     * @param lastWords how long what it leaves behind may go on with its output, when it has ended by itself
     */
    BuildCommand(
            StepLauncher launcher,
            OutputChannels channels,
            List<String> command,
            Path directory,
            Map<String, String> environment,
            Duration lastWords) {
        this.launcher = launcher;
        this.channels = channels;
        this.command = ImmutableList.copyOf(command);
        this.directory = directory;
        this.environment = environment;
        this.lastWords = lastWords;
    }

    /**
     * Runs the command to its end; its output goes line by line to {@code lines}.
     *
     * @param limit how long it may take
     * @param cancelled ends it when it is complete
     * @return its exit status, 128+n when a signal ended it
     * @throws TimeoutException if it took longer than {@code limit}
     * @throws CancellationException if {@code cancelled} became complete
     * @throws InterruptedException if the calling thread was interrupted
     * @throws IOException if it could not be started
     */
    int run(BuildOutput lines, Duration limit, CompletableFuture<?> cancelled)
            throws TimeoutException, InterruptedException, IOException {
        try (LineOutput to = new LineOutput(lines::line);
                StepOutput output = StepOutput.merged(channels, to)) {
            return run(output, limit, cancelled);
        }
    }

    /** The same, with its standard output as bytes; only its standard error goes to {@code lines}. */
    int run(OutputStream out, BuildOutput lines, Duration limit, CompletableFuture<?> cancelled)
            throws TimeoutException, InterruptedException, IOException {
        try (LineOutput err = new LineOutput(lines::line);
                StepOutput output = StepOutput.apart(channels, out, err)) {
            return run(output, limit, cancelled);
        }
    }

    private int run(StepOutput output, Duration limit, CompletableFuture<?> cancelled)
            throws TimeoutException, InterruptedException, IOException {
        String tag = UUID.randomUUID().toString();
        ProcessTree processes = new ProcessTree(tag);
        CompletableFuture<Void> outputEnd = new CompletableFuture<>();
        executor(output, processes)
                .execute(
                        commandLine(launcher.commandLine(command)),
                        StepLauncher.tagged(environment, tag),
                        completing(processes.ended(), outputEnd));
        try {
            CompletableFuture.anyOf(processes.ended(), cancelled).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            int status = statusOf(processes.ended());
            await(outputEnd, lastWords);
            return status;
        } catch (ExecutionException e) {
            return statusOf(processes.ended());
        } finally {
            killUntilOutputEnds(processes, outputEnd);
        }
    }

    private static int statusOf(CompletableFuture<Integer> ended) throws InterruptedException, IOException {
        if (!ended.isDone()) {
            throw new CancellationException("cancelled");
        }
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /**
     * What was left behind may hold the output open, and one look may miss a process that is just becoming another program.
     */
    private static void killUntilOutputEnds(ProcessTree processes, CompletableFuture<Void> outputEnd) {
        long end = System.nanoTime() + END_OF_OUTPUT.toNanos();
        do {
            processes.killAll();
            await(outputEnd, PAUSE);
        } while (!outputEnd.isDone() && System.nanoTime() < end);
    }

    /** A script may say all through a process of its own, {@code exec > >(indent)}, which ends a little after it. */
    private static void await(CompletableFuture<Void> outputEnd, Duration most) {
        outputEnd
                .copy()
                .completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private DefaultExecutor executor(StepOutput output, ProcessTree processes) {
        output.setStopTimeout(END_OF_OUTPUT);
        DefaultExecutor executor = new StepExecutor(output, directory);
        executor.setExitValues(null);
        executor.setProcessDestroyer(processes);
        return executor;
    }

    private static CommandLine commandLine(List<String> arguments) {
        CommandLine line = new CommandLine(arguments.get(0));
        arguments.stream().skip(1).forEach(argument -> line.addArgument(argument, false));
        return line;
    }

    private static ExecuteResultHandler completing(
            CompletableFuture<Integer> ended, CompletableFuture<Void> outputEnd) {
        return new ExecuteResultHandler() {
            @Override
            public void onProcessComplete(int status) {
                ended.complete(status);
                outputEnd.complete(null);
            }

            @Override
            public void onProcessFailed(ExecuteException e) {
                ended.completeExceptionally(e);
                outputEnd.complete(null);
            }
        };
    }
}
