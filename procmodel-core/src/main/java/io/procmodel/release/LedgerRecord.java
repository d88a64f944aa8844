package io.procmodel.release;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.procmodel.release.RecordHead.Kind;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * One record of a shared ledger as its store keeps it. Its hash covers the hash of the record before it, so that none can be
 * changed, removed or moved without a trace. It prints no content.
 *
 * @param sequence its place in the order of writing, from 1
 * @param type {@code release} or {@code status}
 * @param version the release that it is about
 * @param status the status of that release from here on
 * @param payload all of it, as JSON with the config vars encrypted if a host key was given
 * @param previous the hash of the record before it, in hex
 * @param hash SHA-256 over {@code previous}, {@code sequence} and {@code payload}, in hex
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record LedgerRecord(
        long sequence, String type, int version, ReleaseStatus status, byte[] payload, String previous, String hash) {
    /** What the first record names as its predecessor. */
    static final String ROOT = Frame.hashOfFileHeader().toString();

    static LedgerRecord of(LedgerHead head, RecordHead content, byte[] payload) {
        long sequence = head.sequence() + 1;
        return new LedgerRecord(
                sequence,
                content.kind().name().toLowerCase(Locale.ROOT),
                content.version(),
                content.status(),
                payload,
                head.hash(),
                hash(head.hash(), sequence, payload));
    }

    private static String hash(String previous, long sequence, byte[] payload) {
        Hasher hasher = Hashing.sha256().newHasher();
        hasher.putBytes(HashCode.fromString(previous).asBytes());
        return hasher.putLong(sequence).putBytes(payload).hash().toString();
    }

    Kind kind() {
        return type.equals("release") ? Kind.RELEASE : Kind.STATUS;
    }

    /** What is wrong with the record itself, or empty if it is as it was written. */
    Optional<String> flaw() {
        try {
            if (!hash.equals(hash(previous, sequence, payload))) {
                return Optional.of("its hash does not match");
            }
            RecordHead content = RecordReader.head(payload);
            boolean same = type.equals(content.kind().name().toLowerCase(Locale.ROOT))
                    && content.version() == version
                    && content.status() == status;
            return same ? Optional.empty() : Optional.of("it is filed under another release or status");
        } catch (IOException e) {
            return Optional.of("it is no release record: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return Optional.of("its hash is no hash");
        }
    }

    /** For example {@code record 17, release v12 SUCCEEDED}. */
    @Override
    public String toString() {
        return "record " + sequence + ", " + type + " v" + version + " " + status;
    }
}
