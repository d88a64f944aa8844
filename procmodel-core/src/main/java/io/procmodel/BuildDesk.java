package io.procmodel;

import io.procmodel.build.BuildException;
import io.procmodel.build.BuildOutput;
import io.procmodel.build.BuildRequest;
import io.procmodel.build.BuildResult;
import io.procmodel.build.Buildpack;
import io.procmodel.build.Source;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where the builds of one app are made, one after another, because they share its cache. Thread-safe: a build runs on its
 * caller's thread, and others may cancel it.
 */
final class BuildDesk {
    private final AppName app;
    private final AppContext context;
    private final List<Turn> turns = new ArrayList<>();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private boolean closed;

    BuildDesk(AppName app, AppContext context) {
        this.app = app;
        this.context = context;
    }

    BuildResult build(Source source, ConfigVars config, List<Buildpack> buildpacks, BuildOutput output, String user) {
        Turn turn = takeTurn();
        try (LogSource log = context.logs().open(app, LogOrigin.app("build"))) {
            turn.await();
            context.say(app, "Build started", user);
            BuildResult result = context.builder()
                    .run(BuildRequest.of(source)
                            .config(config)
                            .buildpacks(buildpacks)
                            .cacheDirectory(cache())
                            .fetchDirectory(fetched())
                            .cancelledBy(turn.cancelled)
                            .output(new TwoOutputs(log::line, output)));
            context.state(app, "Build succeeded");
            return result;
        } catch (ProcModelException e) {
            context.state(app, "Build failed -- check your build output");
            throw e;
        } finally {
            turn.end();
        }
    }

    private Path cache() {
        return context.buildCaches().apply(app);
    }

    private Path fetched() {
        return context.fetchedBuildpacks().apply(app);
    }

    private synchronized Turn takeTurn() {
        if (closed) {
            throw new PlatformClosedException("build of " + app);
        }
        Turn turn = new Turn(last);
        turns.add(turn);
        last = CompletableFuture.allOf(last, turn.ended);
        return turn;
    }

    /** Cancels every build under way or waiting; gives their number. */
    synchronized int cancel() {
        turns.forEach(turn -> turn.cancelled.complete(null));
        return turns.size();
    }

    /** Deletes what builds have kept; waits for those under way. */
    void purgeCache() {
        Turn turn = takeTurn();
        try {
            turn.await();
            FileTree.delete(cache());
            FileTree.delete(fetched());
        } catch (IOException e) {
            throw new StorageException("delete", cache(), e);
        } finally {
            turn.end();
        }
    }

    /** Takes no more builds and cancels those there are. */
    synchronized void close() {
        closed = true;
        cancel();
    }

    /** Waits for the end of all builds; false if time runs out first. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        CompletableFuture<?> all;
        synchronized (this) {
            all = last;
        }
        try {
            all.get(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** One build's place in the queue. */
    private final class Turn {
        private final CompletableFuture<?> before;
        private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Turn(CompletableFuture<?> before) {
            this.before = before;
        }

        /** Waits for the builds before; a build that is cancelled meanwhile finds out by itself. */
        void await() {
            try {
                CompletableFuture.anyOf(before, cancelled).get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BuildException("interrupted while waiting for another build of " + app);
            }
        }

        void end() {
            synchronized (BuildDesk.this) {
                turns.remove(this);
            }
            ended.complete(null);
        }
    }

    /** The log of the app, and whoever asked for the build; a failure of the second keeps nothing from the first. */
    private record TwoOutputs(BuildOutput log, BuildOutput caller) implements BuildOutput {
        @Override
        public void line(String line) {
            log.line(line);
            caller.line(line);
        }
    }
}
