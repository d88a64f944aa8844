package io.procmodel.logplex.ring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;
import io.procmodel.logplex.line.LineCutter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lines in and out of the ring's types for the tests of this package. */
final class RingLines {
    static final LogOrigin WEB = LogOrigin.app("web.1");

    private RingLines() {}

    /** Cuts complete lines, in one chunk, and hands them on. */
    static void cut(Consumer<CutLines> sink, String... lines) {
        String text = lines.length == 0 ? "" : String.join("\n", lines) + "\n";
        new LineCutter(1_000_000, sink).write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    /** The same with a head: the first line comes in two chunks. */
    static void cutWithHead(Consumer<CutLines> sink, String... lines) {
        LineCutter cutter = new LineCutter(1_000_000, sink);
        byte[] text = (String.join("\n", lines) + "\n").getBytes(ISO_8859_1);
        int head = Math.min(lines[0].length(), 3);
        cutter.write(ByteBuffer.wrap(text, 0, head));
        cutter.write(ByteBuffer.wrap(text, head, text.length - head));
    }

    /** Each line of the batch as {@code number:text}. */
    static List<String> numbered(LineBatch batch) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            lines.add(batch.line(i).seq() + ":"
                    + new String(batch.line(i).toEntry().bytes(), ISO_8859_1));
        }
        return lines;
    }
}
