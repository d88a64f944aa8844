package io.procmodel.build;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines of UTF-8; a line that does not end is handed on in parts. For one thread. */
final class LineOutput extends OutputStream {
    private static final int LONGEST_LINE = 10_000;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineOutput(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            endLine();
        } else {
            line.write(b);
            if (line.size() == LONGEST_LINE) {
                endLine();
            }
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int next = offset;
        while (next < end) {
            int stop = Math.min(end, next + LONGEST_LINE - line.size());
            int lineEnd = next;
            while (lineEnd < stop && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            line.write(bytes, next, lineEnd - next);
            boolean ended = lineEnd < stop;
            if (ended || line.size() == LONGEST_LINE) {
                endLine();
            }
            next = ended ? lineEnd + 1 : lineEnd;
        }
    }

    /** Hands on what came after the last line end. */
    @Override
    public void close() {
        if (line.size() > 0) {
            endLine();
        }
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
