package io.procmodel.procfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whole text files, refused with the position of the first byte that is not UTF-8. */
final class Utf8File {
    private Utf8File() {}

    static String read(Path file) {
        return read(file, file.toString());
    }

    /** Reads a file that errors in it call {@code source}. */
    static String read(Path file, String source) {
        try {
            return decode(Files.readAllBytes(file), source);
        } catch (IOException e) {
            throw new StorageException("read", file, e);
        }
    }

    /** The text that encodes back to exactly these bytes. */
    static String decode(byte[] bytes, String source) {
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw new ProcfileException(source, List.of(notUtf8(source, text.toString(), bytes)));
        }
        return text.toString();
    }

    private static Diagnostic notUtf8(String source, String before, byte[] bytes) {
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
        boolean utf16 = bytes.length > 1
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
        return new Diagnostic(
                Severity.ERROR,
                DiagnosticCode.NOT_UTF_8,
                source,
                line,
                column,
                utf16 ? "the file is UTF-16" : "this byte is not UTF-8",
                "save the file as UTF-8 without a byte order mark");
    }
}
