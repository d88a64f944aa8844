package io.procmodel.procfile;

import org.jspecify.annotations.Nullable;

/** Which line ends a text has, for one diagnostic about the odd ones. */
final class LineEndCensus {
    private @Nullable Line lineFeed;
    private @Nullable Line carriageReturn;
    private @Nullable Line both;

    void count(Line line) {
        if (line.next() - line.end() == 2) {
            both = both == null ? line : both;
        } else if (line.next() > line.end() && line.text().charAt(line.end()) == '\r') {
            carriageReturn = carriageReturn == null ? line : carriageReturn;
        } else if (line.next() > line.end()) {
            lineFeed = lineFeed == null ? line : lineFeed;
        }
    }

    void report(Reading reading) {
        if (carriageReturn != null) {
            reading.warning(
                    DiagnosticCode.LINE_ENDS,
                    carriageReturn,
                    carriageReturn.end(),
                    "a carriage return ends this line",
                    "use line feeds: most platforms see one long line");
        } else if (lineFeed != null && both != null) {
            Line second = lineFeed.number() > both.number() ? lineFeed : both;
            reading.warning(
                    DiagnosticCode.LINE_ENDS,
                    second,
                    second.end(),
                    "this line ends otherwise than the first",
                    "use one kind of line end, best the line feed");
        }
    }
}
