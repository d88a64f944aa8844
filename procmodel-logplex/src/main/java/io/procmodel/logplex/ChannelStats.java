package io.procmodel.logplex;

import io.procmodel.name.AppName;
import java.util.List;

/**
 * The accounts of a channel, all of one instant.
 *
 * @param app the app
 * @param received lines that its sources sent
 * @param appended lines that got a number
 * @param rejected lines that came after the source or the channel was closed
 * @param evicted lines that made room for newer ones
 * @param lines lines in the history
 * @param bytes bytes that they take, line ends included
 * @param sinks the accounts of the open readers
 */
public record ChannelStats(
        AppName app,
        long received,
        long appended,
        long rejected,
        long evicted,
        long lines,
        long bytes,
        List<SinkStats> sinks) {
    /** Copies the list. */
    public ChannelStats {
        sinks = List.copyOf(sinks);
    }

    /**
     * Checks that every line is accounted for: received = appended + rejected, appended = evicted + in the history, and
     * for each reader offered = delivered + filtered + dropped + pending, with nothing negative.
     *
     * @throws IllegalStateException if not, which is a defect of this library; it names the accounts
     */
    public void verify() {
        boolean balanced = received == appended + rejected
                && appended == evicted + lines
                && received >= 0
                && lines >= 0
                && sinks.stream().allMatch(ChannelStats::isBalanced);
        if (!balanced) {
            throw new IllegalStateException("log accounts do not add up: " + this);
        }
    }

    private static boolean isBalanced(SinkStats sink) {
        return sink.offered() == sink.delivered() + sink.filtered() + sink.dropped() + sink.pending()
                && sink.delivered() >= 0
                && sink.filtered() >= 0
                && sink.dropped() >= 0
                && sink.pending() >= 0;
    }
}
