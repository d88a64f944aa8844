package io.procmodel.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.procmodel.json.JsonFields;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Bytes under AES-256-GCM, bound to the place for which they were sealed: a box that is moved elsewhere does not open.
 *
 * @param keyId the key that opens it
 * @param nonce 96 random bits, Base64
 * @param content what is sealed and its tag, Base64
 */
record SealedBox(String keyId, String nonce, String content) {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    static SealedBox seal(String keyId, SecretKey key, SecureRandom random, String place, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] content = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(plain);
            return new SealedBox(keyId, encode(nonce), encode(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    /**
     * The bytes that were sealed.
     *
     * @throws AEADBadTagException if key, place or content are not those of the sealing
     */
    byte[] open(SecretKey key, String place) throws AEADBadTagException {
        try {
            byte[] nonceBytes = Base64.getDecoder().decode(nonce);
            return cipher(Cipher.DECRYPT_MODE, key, nonceBytes, place)
                    .doFinal(Base64.getDecoder().decode(content));
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw (AEADBadTagException) new AEADBadTagException("no sealed box").initCause(e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(UTF_8));
        return cipher;
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", keyId);
        json.writeStringField("nonce", nonce);
        json.writeStringField("content", content);
        json.writeEndObject();
    }

    static SealedBox read(JsonFields fields) throws IOException {
        fields.beginObject();
        SealedBox box = new SealedBox(fields.text("key"), fields.text("nonce"), fields.text("content"));
        fields.endObject();
        return box;
    }
}
