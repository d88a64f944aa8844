package io.procmodel.logplex.drain;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogEntry;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** Makes the target that a URI names. Nothing is connected to yet. */
public final class DrainTargets {
    private static final String EXPECTED = "syslog://host:port, syslog+tls://host:port, https://host/path,"
            + " http://host/path, otlp+https://host/v1/logs, otlp+http://host/v1/logs, file:/path or slf4j:";
    private static final Set<String> KNOWN = Set.of(
            "syslog",
            "syslog+tcp",
            "tcpsyslog",
            "syslog+tls",
            "https",
            "http",
            "otlp+https",
            "otlp+http",
            "file",
            "slf4j");
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final Duration READ_PATIENCE = Duration.ofSeconds(30);
    private static final int SYSLOG_PORT = 601;
    private static final int SYSLOG_TLS_PORT = 6514;

    private DrainTargets() {}

    /** A target that calls code of the host. */
    public static DrainTarget of(Consumer<List<LogEntry>> consumer) {
        return new EntryTarget(consumer);
    }

    /**
     * Makes a target.
     *
     * @throws InvalidValueException if the URI names none, or asks for no checks where that is not allowed
     */
    public static DrainTarget open(DrainSpec spec) {
        URI uri = spec.uri();
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        require(KNOWN.contains(scheme), uri, EXPECTED);
        if (scheme.equals("slf4j")) {
            return new EntryTarget(new HostLog(spec.app()));
        }
        if (scheme.equals("file")) {
            return file(spec);
        }
        require(uri.getHost() != null, uri, EXPECTED);
        return switch (scheme) {
            case "syslog+tls" -> tls(spec);
            case "https", "http" -> new HttpTarget(client(spec), peer(spec, uri), spec.token());
            case "otlp+https", "otlp+http" ->
                new OtlpTarget(
                        client(spec),
                        peer(spec, URI.create(uri.toString().substring("otlp+".length()))),
                        new OtlpJson(spec.app()));
            default ->
                new SyslogTarget(
                        () -> PlainConnection.to(
                                uri.getHost(), port(uri, SYSLOG_PORT), READ_PATIENCE, CONNECT_PATIENCE),
                        spec.token(),
                        spec.ticker());
        };
    }

    /** The URI without what may be a secret: user, password and query. */
    public static String redacted(URI uri) {
        String text = uri.toString();
        if (uri.getRawUserInfo() != null) {
            text = text.replace(uri.getRawUserInfo() + "@", "");
        }
        return uri.getRawQuery() == null ? text : text.replace(uri.getRawQuery(), "...");
    }

    private static DrainTarget tls(DrainSpec spec) {
        URI uri = spec.uri();
        boolean insecure = "insecure".equals(uri.getFragment());
        require(!insecure || spec.insecureAllowed(), uri, "no #insecure, unless the host allows insecure drains");
        SSLContext context = insecure ? TrustAnyone.context() : trust(spec);
        return new SyslogTarget(
                () -> TlsConnection.to(
                        uri.getHost(), port(uri, SYSLOG_TLS_PORT), context, !insecure, spec.timer(), CONNECT_PATIENCE),
                spec.token(),
                spec.ticker());
    }

    private static DrainTarget file(DrainSpec spec) {
        URI uri = spec.uri();
        String path = uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
        require(path != null && !path.isEmpty() && !path.endsWith("/"), uri, "file:/path/of/a/file");
        LineText text = spec.format() == null ? LineTexts.heroku() : LineTexts.of(spec.format());
        return new FileTarget(Path.of(path), text, spec.turnover(), spec.forceNanos(), spec.ticker());
    }

    private static HttpClient client(DrainSpec spec) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_PATIENCE)
                .sslContext(trust(spec))
                .build();
    }

    private static HttpPeer peer(DrainSpec spec, URI uri) {
        return new HttpPeer(uri, spec.bearer(), spec.gzip());
    }

    private static SSLContext trust(DrainSpec spec) {
        if (spec.tls() != null) {
            return spec.tls();
        }
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new InvalidValueException("drain", redacted(spec.uri()), "a Java runtime with TLS");
        }
    }

    private static int port(URI uri, int usual) {
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    private static void require(boolean holds, URI uri, String expected) {
        if (!holds) {
            throw new InvalidValueException("drain", redacted(uri), expected);
        }
    }
}
