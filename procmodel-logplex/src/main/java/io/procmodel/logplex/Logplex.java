package io.procmodel.logplex;

import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The logs of all apps: what is written to it as a {@link LogSink} is read from its {@link Channel}s, one per app.
 * Channels come into being when an app is first written to or asked for. Thread-safe; nothing blocks a writer.
 */
public final class Logplex implements LogSink, AutoCloseable {
    private final LogplexSettings settings;
    private final IdleTimer timer;
    private final Map<AppName, Channel> channels = new ConcurrentHashMap<>();
    private final @Nullable JournalLock journalLock;
    private final @Nullable JournalForcer forcer;
    private volatile boolean closed;

    Logplex(LogplexSettings settings, IdleTimer timer) {
        this.settings = settings;
        this.timer = timer;
        JournalSettings journal = settings.journal();
        this.journalLock = journal == null ? null : JournalLock.claim(journal.directory());
        this.forcer = journal == null || !journal.persistence().isDisk()
                ? null
                : new JournalForcer(journal.persistence(), channels::values);
    }

    /** A logplex with Heroku's settings: 1,500 lines of history, lines of 10,000 bytes. */
    public static Logplex create() {
        return builder().build();
    }

    /** A logplex with settings of your own. */
    public static LogplexBuilder builder() {
        return new LogplexBuilder();
    }

    /**
     * The log of the app with this name, empty if it has said nothing yet.
     *
     * @throws InvalidValueException if {@code app} is not an app name
     */
    public Channel channel(String app) {
        return channel(AppName.of(app));
    }

    /** The log of an app, empty if it has said nothing yet. */
    public Channel channel(AppName app) {
        Channel channel = channels.computeIfAbsent(app, name -> new Channel(name, settings, timer));
        if (closed) {
            channel.close();
        }
        return channel;
    }

    /** The logs of all apps that have been written to or asked for. */
    public List<Channel> channels() {
        return List.copyOf(channels.values());
    }

    @Override
    public LogSource open(AppName app, LogOrigin origin) {
        return channel(app).open(origin);
    }

    /**
     * Forgets the app with this name, as {@link #remove(AppName)} does.
     *
     * @throws InvalidValueException if {@code app} is not an app name
     */
    public void remove(String app) {
        remove(AppName.of(app));
    }

    /**
     * Forgets an app: its history is gone, its tails end, and its sources are closed. An app of the same name starts
     * anew. Waits for busy listeners like {@link #close()}.
     */
    public void remove(AppName app) {
        Channel channel = channels.remove(app);
        if (channel != null) {
            Ending.await(List.of(channel.close()));
            JournalSettings journal = settings.journal();
            if (journal != null) {
                ChannelJournal.delete(journal.directory().resolve(app.toString()));
            }
        }
    }

    /**
     * Ends all sources and, when they have told what there is, all drains and tails; then no thread is left. Waits at
     * most about two seconds for drains and four for busy listeners, which are interrupted half-way. What is written afterwards is counted as rejected;
     * the history can still be read. A second call does nothing.
     */
    @Override
    public void close() {
        closed = true;
        Ending.await(channels.values().stream().map(Channel::close).toList());
        timer.close();
        if (forcer != null) {
            forcer.close();
        }
        if (journalLock != null) {
            channels.values().forEach(Channel::force);
            journalLock.close();
        }
    }
}
