package io.procmodel.logplex;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.logplex.format.LogFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * What a drain may be told beside where it goes. What does not concern its kind is ignored. Immutable; each method gives a
 * changed copy. Printed, it shows no secret.
 */
public final class DrainOptions {
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,255}");
    private static final DrainOptions NONE = new DrainOptions();

    private LogQuery query = LogQuery.all();
    private Optional<String> token = Optional.empty();
    private Optional<SSLContext> tls = Optional.empty();
    private Optional<String> bearer = Optional.empty();
    private boolean gzip;
    private Optional<LogFormat> format = Optional.empty();
    private Optional<FileRotation> rotation = Optional.empty();
    private Optional<Duration> forceInterval = Optional.empty();
    private Optional<MultiLine> multiLine = Optional.empty();

    private DrainOptions() {}

    private DrainOptions(DrainOptions other) {
        query = other.query;
        token = other.token;
        tls = other.tls;
        bearer = other.bearer;
        gzip = other.gzip;
        format = other.format;
        rotation = other.rotation;
        forceInterval = other.forceInterval;
        multiLine = other.multiLine;
    }

    /** Nothing special: every line from now on, each a message of its own. */
    public static DrainOptions none() {
        return NONE;
    }

    /** Sends only what the query asks for; its number of lines is ignored, for a drain gets no history. */
    public DrainOptions query(LogQuery wanted) {
        DrainOptions copy = new DrainOptions(this);
        copy.query = requireNonNull(wanted, "wanted");
        return copy;
    }

    /**
     * Keeps a token of an earlier run instead of making one. With a journal the drain goes on where it stood then.
     *
     * @throws InvalidValueException if it is not 1 to 255 printable ASCII characters without spaces
     */
    public DrainOptions token(String known) {
        if (!TOKEN.matcher(known).matches()) {
            throw new InvalidValueException("drain token", known, "1 to 255 printable ASCII characters without spaces");
        }
        DrainOptions copy = new DrainOptions(this);
        copy.token = Optional.of(known);
        return copy;
    }

    /**
     * Decides whom to trust over TLS, and which certificate to show; by default the system's authorities and none. The
     * name of the peer is checked whatever this says.
     */
    public DrainOptions tls(SSLContext context) {
        DrainOptions copy = new DrainOptions(this);
        copy.tls = Optional.of(context);
        return copy;
    }

    /** Sends this token over HTTP, instead of the user and password of the URL. */
    public DrainOptions bearerToken(String secret) {
        DrainOptions copy = new DrainOptions(this);
        copy.bearer = Optional.of(secret);
        return copy;
    }

    /** Compresses bodies sent over HTTP. */
    public DrainOptions gzip() {
        DrainOptions copy = new DrainOptions(this);
        copy.gzip = true;
        return copy;
    }

    /** Writes lines to a file in this form; Heroku's by default, with the content byte for byte. */
    public DrainOptions format(LogFormat lines) {
        DrainOptions copy = new DrainOptions(this);
        copy.format = Optional.of(lines);
        return copy;
    }

    /** Puts a file aside now and then; never by default. */
    public DrainOptions rotate(FileRotation rule) {
        DrainOptions copy = new DrainOptions(this);
        copy.rotation = Optional.of(rule);
        return copy;
    }

    /**
     * Forces a file to the disk at least this often; zero after every batch. By default that is left to the system.
     *
     * @throws InvalidValueException if the interval is negative
     */
    public DrainOptions forceEvery(Duration interval) {
        if (interval.isNegative()) {
            throw new InvalidValueException("force interval", interval.toString(), "zero or more");
        }
        DrainOptions copy = new DrainOptions(this);
        copy.forceInterval = Optional.of(interval);
        return copy;
    }

    /** Puts lines that belong together into one message. */
    public DrainOptions multiLine(MultiLine rule) {
        DrainOptions copy = new DrainOptions(this);
        copy.multiLine = Optional.of(rule);
        return copy;
    }

    LogQuery query() {
        return query;
    }

    Optional<String> token() {
        return token;
    }

    Optional<SSLContext> tls() {
        return tls;
    }

    Optional<String> bearer() {
        return bearer;
    }

    boolean isGzip() {
        return gzip;
    }

    Optional<LogFormat> format() {
        return format;
    }

    Optional<FileRotation> rotation() {
        return rotation;
    }

    Optional<Duration> forceInterval() {
        return forceInterval;
    }

    Optional<MultiLine> multiLine() {
        return multiLine;
    }

    @Override
    public String toString() {
        return "DrainOptions[token=" + token.orElse("new") + ", gzip=" + gzip + "]";
    }
}
