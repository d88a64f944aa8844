package io.procmodel;

import io.procmodel.error.ProcModelException;
import java.time.Duration;
import java.util.List;

/** A one-off dyno had not ended when time ran out. The message names its state and the last lines that it printed. */
public final class OneOffTimeoutException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    OneOffTimeoutException(OneOffDyno dyno, Duration waited, List<String> lines) {
        super(dyno.name() + ", running `" + dyno.command() + "`, is " + dyno.state() + " after " + waited.toMillis()
                + " ms (expected: its end)" + indented(lines));
    }

    private static String indented(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append("\n    | ").append(line));
        return text.toString();
    }
}
