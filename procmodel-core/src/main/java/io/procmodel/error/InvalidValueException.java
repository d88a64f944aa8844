package io.procmodel.error;

/**
 * A value given by the caller is outside its grammar or range: an app name, a config key, a quantity. Nothing was
 * changed; correct the value and call again.
 */
public final class InvalidValueException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String value;
    private final String expected;

    /**
     * Creates the error with the message {@code what: "value" (expected: expected)}.
     *
     * @param what the name of the thing that was given, for example {@code app name}
     * @param value the offending text; never a secret
     * @param expected the rule it broke, in words
     */
    public InvalidValueException(String what, String value, String expected) {
        super(what + ": \"" + value + "\" (expected: " + expected + ")");
        this.what = what;
        this.value = value;
        this.expected = expected;
    }

    /** The name of the thing that was given. */
    public String what() {
        return what;
    }

    /** The offending text. */
    public String value() {
        return value;
    }

    /** The rule that the value broke, in words. */
    public String expected() {
        return expected;
    }
}
