package io.procmodel.slug;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A running SHA-256. */
final class Sha256 {
    private final MessageDigest messageDigest;

    Sha256() {
        try {
            messageDigest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256, which every Java platform must have, is missing", e);
        }
    }

    MessageDigest messageDigest() {
        return messageDigest;
    }

    /** The digest of everything so far; the sum starts anew after it. */
    SlugDigest digest() {
        return SlugDigest.ofBytes(messageDigest.digest());
    }
}
