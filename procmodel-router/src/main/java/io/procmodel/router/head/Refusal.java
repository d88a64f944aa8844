package io.procmodel.router.head;

/**
 * Why a request is not served.
 *
 * @param status the status to answer with
 * @param cause what is wrong, in the words of H26 where it has some
 * @param method the method, as far as it was readable, or empty
 * @param target the request target, as far as it was readable, or empty
 * @param host the host, as far as it was readable, or empty
 */
public record Refusal(int status, String cause, String method, String target, String host) {
    /** The cause of H26 for a head. */
    public static final String BAD_HEADER = "bad header";

    /** The cause of H26 for a body. */
    public static final String BAD_CHUNK = "bad chunk";

    /** The cause of H26 for an expectation. */
    public static final String BAD_EXPECT = "unsupported expect header value";

    /** A refusal of a request of which nothing is known. */
    public static Refusal of(int status, String cause) {
        return new Refusal(status, cause, "", "", "");
    }
}
