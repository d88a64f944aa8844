package io.procmodel.logplex;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.log.LogStream;
import io.procmodel.logplex.ring.Cursor;
import io.procmodel.logplex.ring.Line;
import io.procmodel.logplex.ring.LineStream;
import io.procmodel.logplex.ring.StreamCounts;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of one app: its newest lines in one order, and those who follow it. Thread-safe; no reader slows a writer
 * down, however slow it is.
 */
public final class Channel {
    private final AppName app;
    private final LogplexSettings settings;
    private final IdleTimer timer;
    private final @Nullable ChannelJournal journal;
    private final LineStream stream;
    private final Set<ChannelSource> sources = ConcurrentHashMap.newKeySet();
    private final Set<Tail> tails = ConcurrentHashMap.newKeySet();
    private final Drains drains;
    private final @Nullable RateBucket appBucket;
    private final AtomicInteger readerNumber = new AtomicInteger();

    Channel(AppName app, LogplexSettings settings, IdleTimer timer) {
        this.app = app;
        this.settings = settings;
        this.timer = timer;
        RateLimit limit = settings.rateLimit();
        this.appBucket = limit == null ? null : limit.newAppBucket(timer.now());
        List<String> complaints = new ArrayList<>();
        this.journal = openJournal(complaints);
        this.stream = journal == null
                ? new LineStream(settings.historyLines(), settings.historyBytes(), settings.clock())
                : journal.stream();
        this.drains = new Drains(this, settings, timer);
        complaints.forEach(this::complain);
    }

    /** The app whose log this is. */
    public AppName app() {
        return app;
    }

    /**
     * The lines of the history that a query asks for, oldest first: all of them, or the newest
     * {@link LogQuery#last(int)}. Does not wait for anyone; empty for an app that has said nothing.
     */
    public List<LogEntry> recent(LogQuery query) {
        Deque<LogEntry> entries = new ArrayDeque<>();
        NewestFirst matches = new NewestFirst(stream, stream.end(), query);
        for (Line line = matches.next(); line != null; line = matches.next()) {
            entries.addFirst(line.toEntry());
        }
        return List.copyOf(entries);
    }

    /**
     * Follows the log: the listener is told the history that the query asks for, as {@link #recent} returns it, and
     * then the lines that come, none twice and none left out. Returns at once.
     *
     * @return the tail, to be closed
     */
    public Tail tail(LogQuery query, LogListener listener) {
        Tail tail = newTail(query, () -> listener);
        tail.start();
        return tail;
    }

    /**
     * Follows the log like {@link #tail}, for a reader that comes for the lines itself. No thread is started.
     *
     * @return the session, to be closed
     */
    public LogSession session(LogQuery query) {
        return new LogSession(stream.open("session-" + readerNumber.incrementAndGet(), startOf(query)), query);
    }

    /**
     * Follows the log like {@link #tail}, for reactive streams: each subscriber gets a tail of its own, which waits for
     * its demand, and completes when the channel is closed. A subscriber that asks for too little for too long is told
     * its loss as a line, Heroku's L11.
     */
    public Flow.Publisher<LogEntry> publisher(LogQuery query) {
        return subscriber -> TailSubscription.start(subscriber, reader -> newTail(query, reader));
    }

    /** Where the app's lines go outside this program. */
    public Drains drains() {
        return drains;
    }

    /** The accounts of this instant: what came in, what is kept, and what has become of each line at each reader. */
    public ChannelStats stats() {
        StreamCounts counts = stream.counts();
        return new ChannelStats(
                app,
                counts.received(),
                counts.appended(),
                counts.rejected(),
                counts.appended() - counts.lines(),
                counts.lines(),
                counts.bytes(),
                counts.cursors().stream().map(SinkStats::of).toList());
    }

    /**
     * Changes how many lines the history holds. What is too old for a smaller history is forgotten, and readers that
     * had not come to it are told so.
     *
     * @throws InvalidValueException if {@code lines} is not between 1 and 10,000,000
     */
    public void history(int lines) {
        stream.resize(LogplexSettings.checkedHistoryLines(lines));
    }

    /** Opens a source; with errors apart where that is wanted and the origin is that of a dyno's output. */
    LogSource open(LogOrigin origin) {
        boolean apart = settings.separateErrors()
                && origin.source().equals("app")
                && origin.stream() == LogStream.MERGED
                && !origin.equals(LogOrigin.api());
        return apart
                ? new SeparateOutput(openOne(origin.on(LogStream.STDOUT)), () -> openOne(origin.on(LogStream.STDERR)))
                : openOne(origin);
    }

    private LogSource openOne(LogOrigin origin) {
        ChannelSource source = new ChannelSource(
                origin, stream, settings.maxLineBytes(), timer, sources::remove, journal, limiter(origin));
        sources.add(source);
        return source;
    }

    /** A drain's place in the stream: where it stood, if that is known, or else the end. */
    Cursor openDrain(String token) {
        long end = stream.end();
        return stream.open(
                "drain-" + token,
                journal == null ? end : journal.positionOf(token).orElse(end));
    }

    /** Is told how far a drain has come. */
    LongConsumer positionsOf(String token) {
        return journal == null ? position -> {} : journal.positionsOf(token);
    }

    /** Forces the journal to the disk, if there is one. */
    void force() {
        if (journal != null) {
            journal.force();
        }
    }

    private @Nullable ChannelJournal openJournal(List<String> complaints) {
        JournalSettings wanted = settings.journal();
        if (wanted == null) {
            return null;
        }
        try {
            ChannelJournal opened = ChannelJournal.open(app, wanted, settings, this::complain);
            complaints.addAll(opened.damage());
            return opened;
        } catch (IOException | RuntimeException e) {
            complaints.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Only what dynos say is limited; what is said about them is not theirs. */
    private @Nullable SourceLimiter limiter(LogOrigin origin) {
        RateLimit limit = settings.rateLimit();
        if (limit == null || appBucket == null || !origin.source().equals("app") || origin.equals(LogOrigin.api())) {
            return null;
        }
        return new SourceLimiter(
                origin, limit.newDynoBucket(timer.now()), appBucket, timer, settings.clock(), this::tell);
    }

    private void tell(String notice) {
        try (LogSource source = openOne(LogOrigin.heroku("logplex"))) {
            source.line(notice);
        }
    }

    /** Heroku's L15 is about history that cannot be read. */
    private void complain(String reason) {
        tell("Error L15 (Tail buffer temporarily unavailable): journal: " + reason);
    }

    /** Ends all sources, takes no more lines, and returns the tails and drains that are coming to their end. */
    Ending close() {
        sources.forEach(ChannelSource::close);
        stream.close();
        return new Ending(Set.copyOf(tails), drains.finish());
    }

    private Tail newTail(LogQuery query, TailReader reader) {
        String name = "tail-" + readerNumber.incrementAndGet();
        Cursor cursor = stream.open(name, startOf(query));
        Tail tail = new Tail("procmodel-" + app + "-" + name, cursor, query, reader, tails::remove);
        tails.add(tail);
        return tail;
    }

    /** Where a tail must start so that it tells as many lines of the history as it is asked for. */
    private long startOf(LogQuery query) {
        if (!query.isLimited()) {
            return 0;
        }
        long start = stream.end();
        NewestFirst matches = new NewestFirst(stream, start, query);
        for (Line line = matches.next(); line != null; line = matches.next()) {
            start = line.seq();
        }
        return start;
    }
}
