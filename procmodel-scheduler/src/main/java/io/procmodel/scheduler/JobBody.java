package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.JobRun;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What a job does. */
interface JobBody {
    /** Starts a run without waiting for it, and tells its result once, from whatever thread. */
    RunningBody start(JobRun run, Consumer<Result> done);

    /** A run that has been started. */
    interface RunningBody {
        /** Asks it to end, and sees to it where that is possible. Does not wait. */
        void stop();
    }

    /** How the body ended. */
    record Result(boolean succeeded, OptionalInt exitStatus, String note) {
        static Result success() {
            return new Result(true, OptionalInt.empty(), "");
        }

        static Result failure(String note) {
            return new Result(false, OptionalInt.empty(), note);
        }

        static Result exit(int status, String note) {
            return new Result(status == 0, OptionalInt.of(status), note);
        }
    }
}
