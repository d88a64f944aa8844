package io.procmodel.scheduler;

import io.procmodel.OneOffDyno;
import io.procmodel.OneOffScope;
import io.procmodel.dyno.Exit;
import io.procmodel.scheduler.ledger.JobRun;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that is a one-off dyno. It is named {@code scheduler.N}, finds the run's fencing token in its environment, and its
 * exit status is the outcome. Stopping it means signal, grace and SIGKILL.
 */
record DynoBody(Executor executor, Supplier<OneOffDyno> starter) implements JobBody {
    private static final Logger LOG = LoggerFactory.getLogger(DynoBody.class);
    private static final String TYPE = "scheduler";
    private static final String TOKEN = "PROCMODEL_FENCING_TOKEN";

    @Override
    public RunningBody start(JobRun run, Consumer<Result> done) {
        Started started = new Started(run, done);
        executor.execute(started);
        return started;
    }

    private final class Started implements Runnable, RunningBody {
        private final JobRun run;
        private final Consumer<Result> done;
        private @Nullable OneOffDyno dyno;
        private boolean stopped;

        Started(JobRun run, Consumer<Result> done) {
            this.run = run;
            this.done = done;
        }

        @Override
        public void run() {
            OneOffDyno running;
            try {
                running = scope().call(starter);
            } catch (Throwable e) { // also a checked exception, which other languages of the JVM throw undeclared
                LOG.warn("run {} did not start", run.key(), e);
                done.accept(Result.failure(e.toString()));
                return;
            }
            CompletableFuture<Exit> unused =
                    running.onExit().whenComplete((exit, failure) -> done.accept(result(running, exit, failure)));
            if (enter(running)) {
                running.stop();
            }
        }

        /** A run by hand on a host without the lead has no token. */
        private OneOffScope scope() {
            return OneOffScope.of(TYPE, run.token() == 0 ? Map.of() : Map.of(TOKEN, Long.toString(run.token())));
        }

        private synchronized boolean enter(OneOffDyno running) {
            dyno = running;
            return stopped;
        }

        @Override
        public void stop() {
            OneOffDyno running;
            synchronized (this) {
                stopped = true;
                running = dyno;
            }
            if (running != null) {
                executor.execute(running::stop);
            }
        }

        private static Result result(OneOffDyno dyno, @Nullable Exit exit, @Nullable Throwable failure) {
            return exit == null
                    ? Result.failure(dyno.name() + ": " + failure)
                    : Result.exit(exit.status(), dyno.name() + ": " + exit);
        }
    }
}
