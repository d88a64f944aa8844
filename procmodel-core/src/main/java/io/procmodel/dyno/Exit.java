package io.procmodel.dyno;

import java.util.OptionalInt;

/** How a dyno's main process ended. */
public sealed interface Exit {

    /**
     * The status that Heroku reports: the process's own, or 128 + n when signal n ended it (DYN-25). A dyno that could not
     * be started counts as 126, the shell's word for "cannot execute".
     */
    int status();

    /**
     * The process ran and ended.
     *
     * @param status 0 to 255
     */
    record Exited(int status) implements Exit {
        private static final int SIGNAL_BASE = 128;
        private static final int LAST_SIGNAL = 64;

        /** The signal that ended it, as far as the status tells: a program may also exit with 128 + n by itself. */
        public OptionalInt signal() {
            int signal = status - SIGNAL_BASE;
            return signal > 0 && signal <= LAST_SIGNAL ? OptionalInt.of(signal) : OptionalInt.empty();
        }

        @Override
        public String toString() {
            return "exit status " + status;
        }
    }

    /**
     * No process came to life.
     *
     * @param reason what failed, in words
     */
    record NotStarted(String reason) implements Exit {
        private static final int CANNOT_EXECUTE = 126;

        @Override
        public int status() {
            return CANNOT_EXECUTE;
        }

        @Override
        public String toString() {
            return "not started: " + reason;
        }
    }
}
