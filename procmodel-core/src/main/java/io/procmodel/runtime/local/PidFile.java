package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.base.Splitter;
import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is written down of a dyno's main process, so that a later runtime can tell it from a stranger of the same id: two
 * processes may share an id, but not the moment of their start too.
 *
 * @param pid its id, which is its session's as well
 * @param boot the start of the machine that it belongs to
 * @param start when it started, in clock ticks since then
 */
record PidFile(long pid, String boot, long start) {
    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();
    private static final int WORD_COUNT = 3;
    private static final int MOST_BYTES = 200;

    /** Writes the file of a process; nothing where the machine does not tell start times, or the process has gone. */
    static void write(Path file, long pid, String boot) throws IOException {
        Optional<ProcessStat> stat = new ProcFiles().stat(pid);
        if (stat.isPresent()) {
            String line = pid + " " + boot + " " + stat.get().start() + "\n";
            DurableFiles.createPrivateFile(file);
            Files.write(file, line.getBytes(US_ASCII));
        }
    }

    /** Reads a file back; empty if a crash left half of it, or it is not such a file. */
    static Optional<PidFile> read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            return Optional.empty();
        }
        String line = new String(Files.readAllBytes(file), US_ASCII);
        List<String> words = WORDS.splitToList(line.stripTrailing());
        if (words.size() != WORD_COUNT || !line.endsWith("\n")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new PidFile(Long.parseLong(words.get(0)), words.get(1), Long.parseUnsignedLong(words.get(2))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the process still runs: the very one, not another one of its id. */
    boolean isAlive(ProcFiles files) {
        return boot.equals(ProcFiles.bootId())
                && files.stat(pid).filter(stat -> stat.start() == start).isPresent();
    }
}
