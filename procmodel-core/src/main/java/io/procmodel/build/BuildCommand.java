package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.PumpStreamHandler;

/**
 * One command of a build, run by Commons Exec in its own process group, with its output cut into lines. The whole process
 * tree is gone when this returns, however it ends.
 */
final class BuildCommand {
    private static final Duration END_OF_OUTPUT = Duration.ofSeconds(10);

    private final ImmutableList<String> command;
    private final Path directory;
    private final Map<String, String> environment;
    private final boolean inOwnGroup;

    BuildCommand(List<String> command, Path directory, Map<String, String> environment, Optional<Path> setsid) {
        this.command = ImmutableList.<String>builder()
                .addAll(setsid.map(Path::toString).stream().toList())
                .addAll(command)
                .build();
        this.directory = directory;
        this.environment = environment;
        inOwnGroup = setsid.isPresent();
    }

    /**
     * Runs the command to its end.
     *
     * @return its exit status, 128+n when a signal ended it
     * @throws TimeoutException if it took longer than {@code limit}
     * @throws InterruptedException if the calling thread was interrupted
     * @throws IOException if it could not be started
     */
    int run(BuildOutput output, Duration limit) throws TimeoutException, InterruptedException, IOException {
        ProcessTree processes = new ProcessTree(inOwnGroup);
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        try (LineOutput out = new LineOutput(output::detail);
                LineOutput err = new LineOutput(output::detail)) {
            executor(out, err, processes).execute(commandLine(), environment, completing(exit));
            return await(exit, processes, limit);
        }
    }

    private static int await(CompletableFuture<Integer> exit, ProcessTree processes, Duration limit)
            throws TimeoutException, InterruptedException, IOException {
        try {
            int status = exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            processes.awaitCleanUp();
            return status;
        } catch (TimeoutException | InterruptedException e) {
            processes.kill();
            awaitEndOfOutput(exit);
            throw e;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void awaitEndOfOutput(CompletableFuture<Integer> exit) {
        exit.handle((status, failure) -> status)
                .completeOnTimeout(null, END_OF_OUTPUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private DefaultExecutor executor(LineOutput out, LineOutput err, ProcessTree processes) {
        PumpStreamHandler streams = new PumpStreamHandler(out, err);
        streams.setStopTimeout(END_OF_OUTPUT);
        DefaultExecutor executor = DefaultExecutor.builder()
                .setWorkingDirectory(directory)
                .setExecuteStreamHandler(streams)
                .setThreadFactory(BuildCommand::daemon)
                .get();
        executor.setExitValues(null);
        executor.setProcessDestroyer(processes);
        return executor;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "procmodel-build-step");
        thread.setDaemon(true);
        return thread;
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(command.get(0));
        command.stream().skip(1).forEach(argument -> line.addArgument(argument, false));
        return line;
    }

    private static ExecuteResultHandler completing(CompletableFuture<Integer> exit) {
        return new ExecuteResultHandler() {
            @Override
            public void onProcessComplete(int status) {
                exit.complete(status);
            }

            @Override
            public void onProcessFailed(ExecuteException e) {
                exit.completeExceptionally(e);
            }
        };
    }
}
