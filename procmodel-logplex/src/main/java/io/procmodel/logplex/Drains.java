package io.procmodel.logplex;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.drain.BackOff;
import io.procmodel.logplex.drain.BatchIds;
import io.procmodel.logplex.drain.DrainEngine;
import io.procmodel.logplex.drain.DrainSpec;
import io.procmodel.logplex.drain.DrainTarget;
import io.procmodel.logplex.drain.DrainTargets;
import io.procmodel.logplex.drain.Notices;
import io.procmodel.logplex.drain.Turnover;
import io.procmodel.logplex.ring.Cursor;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The drains of an app: places outside to which its lines go from the moment the drain is added (Heroku: LOG-27).
 * Thread-safe.
 */
public final class Drains {
    private final Channel channel;
    private final LogplexSettings settings;
    private final IdleTimer timer;
    private final Map<String, Drain> byToken = new LinkedHashMap<>();
    private final Map<String, URI> uris = new ConcurrentHashMap<>();
    private boolean closed;

    Drains(Channel channel, LogplexSettings settings, IdleTimer timer) {
        this.channel = channel;
        this.settings = settings;
        this.timer = timer;
    }

    /**
     * Adds a drain: {@code syslog://host:port}, {@code syslog+tls://host:port}, {@code https://user:password@host/path},
     * {@code otlp+https://host/v1/logs}, {@code file:/path} or {@code slf4j:}. Connects later, and again and again.
     *
     * @throws InvalidValueException if the URI is none of these, the same one is there already, or there are too many
     */
    public Drain add(String uri) {
        return add(uri, DrainOptions.none());
    }

    /**
     * Adds a drain with options.
     *
     * @throws InvalidValueException if the URI is none of those of {@link #add(String)}, the same one is there already, or
     *     there are too many
     */
    public Drain add(String uri, DrainOptions options) {
        URI parsed = parse(uri);
        String token = options.token().orElseGet(Drains::newToken);
        return add(
                token,
                parsed,
                DrainTargets.redacted(parsed),
                options,
                () -> DrainTargets.open(spec(parsed, token, options)));
    }

    /**
     * Adds a drain that calls the host's own code with one batch after the other, on the drain's thread. What it throws
     * costs the batch, which is counted as lost.
     *
     * @param name a name of the host's own, for messages
     * @throws InvalidValueException if the name is taken, cannot be part of a URI, or there are too many drains
     */
    public Drain add(String name, DrainOptions options, Consumer<List<LogEntry>> consumer) {
        requireNonNull(consumer, "consumer");
        URI parsed = parse("host:" + name);
        String token = options.token().orElseGet(Drains::newToken);
        return add(token, parsed, parsed.toString(), options, () -> DrainTargets.of(consumer));
    }

    /** The drains, in the order in which they were added. */
    public synchronized List<Drain> list() {
        return List.copyOf(byToken.values());
    }

    /** The drain with this token. */
    public synchronized Optional<Drain> get(String token) {
        return Optional.ofNullable(byToken.get(token));
    }

    /** Lets all drains send what there is; ending them must follow. */
    synchronized List<Drain> finish() {
        closed = true;
        List<Drain> all = list();
        all.forEach(Drain::finish);
        return all;
    }

    private interface Opening {
        DrainTarget open();
    }

    private synchronized Drain add(String token, URI uri, String shown, DrainOptions options, Opening opening) {
        check(token, uri, shown);
        DrainTarget target = opening.open();
        Cursor cursor = channel.openDrain(token);
        DrainReports reports =
                new DrainReports(channel.open(LogOrigin.heroku("logplex")), token, shown, settings.ticker());
        DrainEngine engine = new DrainEngine(
                cursor,
                target,
                options.query()::matches,
                options.multiLine().map(MultiLine::grouper).orElseGet(MultiLine::none),
                new Notices(),
                new BackOff(settings.random()),
                new BatchIds(RandomGenerator.getDefault()),
                settings.ticker(),
                settings.clock(),
                reports);
        Drain drain = new Drain(
                "procmodel-" + channel.app() + "-" + token + "-drain",
                token,
                shown,
                cursor,
                engine,
                target,
                reports,
                settings.clock(),
                channel.positionsOf(token),
                this::ended);
        byToken.put(token, drain);
        uris.put(token, uri);
        drain.start();
        return drain;
    }

    private void check(String token, URI uri, String shown) {
        if (closed) {
            throw new InvalidValueException("drain", shown, "a logplex that is open");
        }
        if (byToken.size() >= settings.drainsPerApp()) {
            throw new InvalidValueException("drain", shown, "at most " + settings.drainsPerApp() + " drains of an app");
        }
        if (byToken.containsKey(token) || uris.containsValue(uri)) {
            throw new InvalidValueException("drain", shown, "one that the app does not have yet");
        }
    }

    private synchronized void ended(Drain drain) {
        if (!closed) {
            byToken.remove(drain.token());
            uris.remove(drain.token());
        }
    }

    private DrainSpec spec(URI uri, String token, DrainOptions options) {
        return new DrainSpec(
                channel.app(),
                uri,
                token,
                options.tls().orElse(null),
                settings.insecureDrains(),
                options.bearer().orElse(null),
                options.isGzip(),
                options.format()
                        .<Function<LogEntry, String>>map(format -> format::format)
                        .orElse(null),
                options.rotation().map(FileRotation::turnover).orElse(Turnover.NEVER),
                options.forceInterval().map(Duration::toNanos).orElse(Long.MAX_VALUE),
                timer::schedule,
                settings.ticker());
    }

    private static String newToken() {
        return "d." + UUID.randomUUID();
    }

    /** RFC 3986 lets nothing follow the colon; {@link URI} is older and wants something there. */
    private static URI parse(String uri) {
        try {
            return new URI(uri.equalsIgnoreCase("slf4j:") ? uri + "/" : uri);
        } catch (URISyntaxException e) {
            throw new InvalidValueException("drain", "(unreadable)", "a URI; " + e.getReason() + " at " + e.getIndex());
        }
    }
}
