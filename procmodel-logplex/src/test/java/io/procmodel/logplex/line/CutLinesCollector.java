package io.procmodel.logplex.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.procmodel.log.LinePart;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads what a cutter hands on back into pieces: each is its content as ISO 8859-1, so that no byte is lost. */
final class CutLinesCollector implements Consumer<CutLines> {
    record Collected(String content, LinePart part) {
        static Collected whole(String content) {
            return new Collected(content, LinePart.WHOLE);
        }
    }

    private final List<Collected> pieces = new ArrayList<>();
    private int appends;

    @Override
    public void accept(CutLines lines) {
        appends++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(lines.head(), 0, lines.headLength());
        for (int i = 0; i < lines.bodyLength(); i++) {
            bytes.write(lines.body().get(lines.bodyFrom() + i));
        }
        String text = bytes.toString(ISO_8859_1);
        int at = 0;
        for (int i = 0; i < lines.size(); i++) {
            int piece = lines.piece(i);
            pieces.add(new Collected(text.substring(at, at + Piece.length(piece)), Piece.part(piece)));
            at += Piece.footprint(piece);
        }
        if (at != text.length()) {
            throw new AssertionError("pieces cover " + at + " of " + text.length() + " bytes");
        }
    }

    List<Collected> pieces() {
        return pieces;
    }

    int appends() {
        return appends;
    }
}
