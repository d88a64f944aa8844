package io.procmodel.logplex.drain;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

/** What is shown of an error: its message, or its kind where it has none, and the cause that says more. */
final class Errors {
    private static final int LONGEST = 300;

    private Errors() {}

    /** What is wrong with the peer's certificate, if that is the error. */
    static Optional<String> certificateProblem(Throwable error) {
        Optional<String> problem = Optional.empty();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                problem = Optional.of("certificate expired, " + cause.getMessage());
            } else if (cause instanceof CertificateNotYetValidException) {
                problem = Optional.of("certificate not yet valid, " + cause.getMessage());
            } else if (cause instanceof GeneralSecurityException) {
                problem = Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return problem;
    }

    static String describe(Throwable error) {
        String text = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        Throwable cause = error.getCause();
        if (cause != null && cause.getMessage() != null && !text.contains(cause.getMessage())) {
            text += ": " + cause.getMessage();
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
