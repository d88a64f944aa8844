package io.procmodel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.dyno.Exit;

/**
 * What became of a one-off dyno whose output was captured. Immutable; it does not print the output, which may hold secrets.
 */
public final class OneOffResult {
    private final Exit exit;
    private final byte[] output;
    private final long dropped;

    OneOffResult(Exit exit, byte[] output, long dropped) {
        this.exit = exit;
        this.output = output.clone();
        this.dropped = dropped;
    }

    /** Its exit status; 128 + n when signal n ended it (Heroku: DYN-25). */
    public int exitStatus() {
        return exit.status();
    }

    /** How it ended. */
    public Exit exit() {
        return exit;
    }

    /** What it printed to standard output and standard error, as UTF-8; the first 16 MiB of it. */
    public String output() {
        return new String(output, UTF_8);
    }

    /** What it printed, byte by byte; the first 16 MiB of it. */
    public byte[] outputBytes() {
        return output.clone();
    }

    /** How many bytes it printed beyond those that are kept. */
    public long droppedBytes() {
        return dropped;
    }

    /** For example {@code exit status 0, 120 bytes of output}. */
    @Override
    public String toString() {
        return exit + ", " + output.length + " bytes of output";
    }
}
