package io.procmodel.router.head;

/** How large the parts of a request's head may be (Heroku: RTR-20). */
final class HeadLimits {
    static final int LINE = 8_192;
    static final int METHOD = 127;
    static final int NAME = 1_000;
    static final int VALUE = 8_192;
    static final int HEADERS = 1_000;
    static final int HEAD = 64 * 1_024;

    private HeadLimits() {}
}
