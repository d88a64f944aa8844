package io.procmodel.file;

import com.google.common.base.CharMatcher;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * File names between disk and archive. An archive holds names in UTF-8, but the JVM decodes the bytes on disk by the
 * locale it was started in; the URI of a path gives those bytes untouched, in both directions.
 */
public final class FileName {
    private FileName() {}

    /** The one name {@code name}, or empty if its bytes are not UTF-8. */
    public static Optional<String> decode(Path name) {
        String text = name.toString();
        if (CharMatcher.ascii().matchesAllOf(text)) {
            return Optional.of(text);
        }
        String uri = CharMatcher.is('/').trimTrailingFrom(name.toUri().toASCIIString());
        byte[] bytes = percentDecoded(uri.substring(uri.lastIndexOf('/') + 1));
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The last name of {@code file}: in UTF-8, or as the JVM shows it if its bytes are not that. */
    public static String shown(Path file) {
        Path name = file.getFileName();
        return decode(name).orElseGet(name::toString);
    }

    /** All names of {@code path}, with {@code /} between them and, if it is absolute, before them; or empty. */
    public static Optional<String> decodeAll(Path path) {
        List<String> names = new ArrayList<>(path.getNameCount());
        for (Path name : path) {
            Optional<String> decoded = decode(name);
            if (decoded.isEmpty()) {
                return decoded;
            }
            names.add(decoded.get());
        }
        return Optional.of((path.isAbsolute() ? "/" : "") + String.join("/", names));
    }

    /** The file {@code relative}, names with {@code /} between them, below the absolute {@code directory}. */
    public static Path resolve(Path directory, String relative) {
        if (CharMatcher.ascii().matchesAllOf(relative)) {
            return directory.resolve(relative);
        }
        String base = CharMatcher.is('/').trimTrailingFrom(directory.toUri().toASCIIString());
        return Path.of(URI.create(base + "/" + percentEncoded(relative)));
    }

    /** {@code text} as a relative path, for the target of a link. */
    public static Path relative(Path directory, String text) {
        Path resolved = resolve(directory.toAbsolutePath(), text);
        return resolved.subpath(directory.toAbsolutePath().getNameCount(), resolved.getNameCount());
    }

    private static byte[] percentDecoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder(3 * text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '/') {
                encoded.append('/');
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
