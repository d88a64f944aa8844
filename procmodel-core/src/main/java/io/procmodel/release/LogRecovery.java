package io.procmodel.release;

import io.procmodel.release.LogScan.End;
import io.procmodel.release.LogScan.Flaw;
import io.procmodel.release.LogScan.Kind;
import java.io.IOException;
import java.util.Optional;

/**
 * Decides what the end of a log means when it is opened: complete, torn by a crash, short of acknowledged records, or
 * damaged. It changes nothing.
 */
final class LogRecovery {
    private final LedgerFile file;
    private final long length;
    private final Optional<AcknowledgedMark> mark;

    LogRecovery(LedgerFile file, long length, Optional<AcknowledgedMark> mark) {
        this.file = file;
        this.length = length;
        this.mark = mark;
    }

    /**
     * The good part of a log.
     *
     * @param end where it ends
     * @param lost how many acknowledged records are missing behind it
     * @param damage why the log must not be used, or empty
     */
    record Verdict(End end, long lost, Optional<String> damage) {}

    Verdict judge(LogScan.Visitor visitor) throws IOException {
        LogScan scan = new LogScan(file, length);
        End end = scan.run(frame -> contradictsMark(frame) ? Optional.of("it was replaced") : visitor.visit(frame));
        long lost = Math.max(0, mark.map(AcknowledgedMark::sequence).orElse(0L) - end.sequence());
        return new Verdict(end, lost, damage(scan, end, lost));
    }

    private boolean contradictsMark(StoredFrame frame) {
        return mark.isPresent()
                && mark.get().sequence() == frame.frame().sequence()
                && !mark.get().hash().equals(frame.hash());
    }

    private Optional<String> damage(LogScan scan, End end, long lost) throws IOException {
        Optional<String> problem = end.flaw().map(Flaw::problem);
        if (end.flaw().filter(flaw -> flaw.kind() == Kind.WRONG).isPresent()) {
            return problem;
        }
        if (lost > 0 && length >= mark.orElseThrow().end()) {
            return Optional.of(problem.orElse("an acknowledged record is missing"));
        }
        boolean synced = problem.isPresent() && scan.provesDurable(end.sequence() + 1, end.offset() + 1);
        return synced ? problem : Optional.empty();
    }
}
