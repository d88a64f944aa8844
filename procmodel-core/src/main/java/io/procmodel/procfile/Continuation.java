package io.procmodel.procfile;

/** The lines of one command that backslashes join; each join is one space. */
final class Continuation {
    private final Line first;
    private final StringBuilder command = new StringBuilder();
    private Line last;
    private boolean open;

    Continuation(Line first) {
        this.first = first;
        this.last = first;
        join(first, first.commandStart());
    }

    /** Whether the last line so far asks for another. */
    boolean isOpen() {
        return open;
    }

    void append(Line line) {
        last = line;
        join(line, line.nameStart());
    }

    Reading.Entry entry() {
        return new Reading.Entry(
                new ProcessType(first.name(), command.toString()),
                first.number(),
                first.start(),
                first.commandStart(),
                last.trimmedEnd(),
                last.next());
    }

    private void join(Line line, int start) {
        int end = Math.max(start, line.trimmedEnd());
        open = CommandScan.endsInBackslash(line.text(), start, end);
        int cut = open ? Characters.trim(line.rules().blanks(), line.text(), start, end - 1) : end;
        if (cut > start && command.length() > 0) {
            command.append(' ');
        }
        command.append(line.text(), start, cut);
    }
}
