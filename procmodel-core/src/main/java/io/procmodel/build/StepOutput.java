package io.procmodel.build;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The output of a step's process, to its very end. When a process ends, the JDK moves what is left in its pipe to memory;
 * whoever reads meanwhile finds the pipe at its end before the rest is there. So an end is believed only when it stays one.
 */
final class StepOutput extends FilterInputStream {
    private static final int LOOKS = 5;
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(5);

    StepOutput(InputStream process) {
        super(process);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        for (int look = 0; count < 0 && look < LOOKS; look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS);
            count = super.read(bytes, offset, length);
        }
        return count;
    }
}
