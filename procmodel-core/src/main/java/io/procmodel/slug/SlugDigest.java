package io.procmodel.slug;

import com.google.common.io.BaseEncoding;
import io.procmodel.error.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The identity of a slug: the SHA-256 of its canonical, uncompressed tar. Two trees with the same files, modes and links
 * have the same digest, wherever, whenever and by whomever they were packed; how the archive is compressed plays no part.
 *
 * @param hex the 64 lower-case hexadecimal digits
 */
public record SlugDigest(String hex) implements Comparable<SlugDigest> {
    private static final String PREFIX = "sha256:";
    private static final String EXPECTED = "sha256: and 64 lower-case hexadecimal digits";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the digits.
     *
     * @throws InvalidValueException if {@code hex} is not 64 lower-case hexadecimal digits
     */
    public SlugDigest {
        if (!HEX.matcher(hex).matches()) {
            throw new InvalidValueException("slug digest", hex, EXPECTED);
        }
    }

    /**
     * Parses the text form, {@code sha256:<hex>}.
     *
     * @throws InvalidValueException if {@code text} has another form
     */
    public static SlugDigest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new InvalidValueException("slug digest", text, EXPECTED);
        }
        return new SlugDigest(text.substring(PREFIX.length()));
    }

    static SlugDigest ofBytes(byte[] sha256) {
        return new SlugDigest(BaseEncoding.base16().lowerCase().encode(sha256));
    }

    @Override
    public int compareTo(SlugDigest other) {
        return hex.compareTo(other.hex);
    }

    /** The text form, {@code sha256:<hex>}. */
    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
