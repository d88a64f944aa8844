package io.procmodel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One line of {@code vectors.jsonl}: an input, the answer it should get, and what each peer answers. */
record Vector(String kind, String source, String input, List<String> types, Answer expected, String note) {
    private static final Pattern AGREED = Pattern.compile("(^|\\| )all \\d+ (parsers )?agree");

    /** An answer: a JSON value as plain collections, or an error. */
    record Answer(Optional<Object> value) {
        static final Answer ERROR = new Answer(Optional.empty());

        static Answer of(Object value) {
            return new Answer(Optional.of(value));
        }

        @Override
        public String toString() {
            return value.map(Object::toString).orElse("error");
        }
    }

    boolean allAgree() {
        return AGREED.matcher(note).find();
    }

    /** What a peer answers, if the note tells it. */
    Optional<Answer> answerOf(String peer) {
        return allAgree() ? Optional.of(expected) : Optional.ofNullable(peers().get(peer));
    }

    Map<String, Answer> peers() {
        return PeerAnswers.in(note);
    }

    /** Eight hexadecimal digits that name the input. */
    String name() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(input.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
