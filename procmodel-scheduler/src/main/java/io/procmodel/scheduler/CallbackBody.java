package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.JobRun;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that is a call of the host's code. Stopping it means interrupting its thread. */
record CallbackBody(Executor executor, Consumer<JobRun> callback) implements JobBody {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackBody.class);

    @Override
    public RunningBody start(JobRun run, Consumer<Result> done) {
        Call call = new Call(run, done);
        executor.execute(call);
        return call;
    }

    private final class Call implements Runnable, RunningBody {
        private final JobRun run;
        private final Consumer<Result> done;
        private @Nullable Thread thread;
        private boolean stopped;

        Call(JobRun run, Consumer<Result> done) {
            this.run = run;
            this.done = done;
        }

        @Override
        public void run() {
            if (!enter()) {
                done.accept(Result.failure("stopped before it began"));
                return;
            }
            Result result;
            try {
                callback.accept(run);
                result = Result.success();
            } catch (Throwable e) { // also a checked exception, which other languages of the JVM throw undeclared
                LOG.warn("run {} failed", run.key(), e);
                result = Result.failure(e.toString());
            } finally {
                leave();
            }
            done.accept(result);
        }

        private synchronized boolean enter() {
            thread = Thread.currentThread();
            return !stopped;
        }

        /** After this no interrupt can hit the thread's next work. */
        private synchronized void leave() {
            thread = null;
            Thread.interrupted();
        }

        @Override
        public synchronized void stop() {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
