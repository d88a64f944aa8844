package io.procmodel.runtime.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The signals that this JVM ignores, as Linux tells: started by nohup or in the background of a script it ignores HUP or
 * INT, and a dyno would inherit that.
 *
 * @param bits bit n - 1 stands for signal n
 */
record SignalMask(long bits) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";

    static SignalMask ignoredByThisProcess() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(IGNORED))
                    .map(line -> line.substring(IGNORED.length()).strip())
                    .map(hex -> new SignalMask(Long.parseUnsignedLong(hex, 16)))
                    .findFirst()
                    .orElse(new SignalMask(0));
        } catch (IOException e) {
            return new SignalMask(0);
        }
    }

    /** Whether it ignores any signal. */
    boolean isAny() {
        return bits != 0;
    }
}
