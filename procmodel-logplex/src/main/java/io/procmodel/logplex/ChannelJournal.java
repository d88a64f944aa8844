package io.procmodel.logplex;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.journal.DrainPosition;
import io.procmodel.logplex.journal.Journal;
import io.procmodel.logplex.journal.JournalRecovery;
import io.procmodel.logplex.journal.JournalSource;
import io.procmodel.logplex.line.LineCutter;
import io.procmodel.logplex.ring.LineStream;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel's stream with its journal: opened together, and what a dead process left behind brought in. Thread-safe. */
final class ChannelJournal {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelJournal.class);

    private final Journal journal;
    private final LineStream stream;
    private final List<String> damage;
    private final Consumer<String> complaints;

    private ChannelJournal(Journal journal, LineStream stream, List<String> damage, Consumer<String> complaints) {
        this.journal = journal;
        this.stream = stream;
        this.damage = damage;
        this.complaints = complaints;
    }

    /**
     * Opens the journal of an app, whatever state it is in.
     *
     * @param complaints is told, later, that the journal had to be given up
     * @throws IOException if there is no place for it
     */
    static ChannelJournal open(
            AppName app, JournalSettings settings, LogplexSettings stream, Consumer<String> complaints)
            throws IOException {
        Path directory = settings.directory().resolve(app.toString());
        JournalRecovery recovery = JournalRecovery.open(
                directory, settings.limits(), settings.persistence().isSync());
        Journal journal = recovery.journal();
        LineStream opened = new LineStream(
                stream.historyLines(),
                stream.historyBytes(),
                stream.clock(),
                journal.nextSeq(),
                recovery.lastMicros(),
                journal);
        recovery.endSources(opened);
        return new ChannelJournal(journal, opened, recovery.damage(), complaints);
    }

    LineStream stream() {
        return stream;
    }

    /** What could not be read. */
    List<String> damage() {
        return damage;
    }

    Journaling open(LogOrigin origin, LineCutter cutter) {
        JournalSource source = stream.atomically(() -> journal.open(origin, cutter));
        return new Journaling(stream, cutter, source, this::complain);
    }

    /** Where a drain of an earlier run stood. */
    OptionalLong positionOf(String token) {
        try {
            return journal.position(token).load();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Remembers how far a drain has come. */
    LongConsumer positionsOf(String token) {
        try {
            DrainPosition position = journal.position(token);
            OptionalLong unused = position.load();
            return position::save;
        } catch (IOException e) {
            return position -> {};
        }
    }

    long bytes() {
        return journal.bytes();
    }

    void force() {
        journal.force();
    }

    /** Removes the journal of an app that is forgotten. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            LOG.warn("cannot remove the journal in {}", directory, e);
        }
    }

    private void complain() {
        if (journal.hasFailed()) {
            journal.takeFailure().ifPresent(complaints);
        }
    }
}
