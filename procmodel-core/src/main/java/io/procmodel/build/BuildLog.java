package io.procmodel.build;

import com.google.common.collect.EvictingQueue;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The output of one build: hands each line on, one at a time, and keeps the last ones for the error. */
final class BuildLog implements BuildOutput {
    private static final Logger LOG = LoggerFactory.getLogger(BuildLog.class);
    private static final int KEPT_LINES = 50;

    private final BuildOutput listener;
    private final EvictingQueue<String> lastLines = EvictingQueue.create(KEPT_LINES);
    private boolean warned;

    BuildLog(BuildOutput listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void line(String line) {
        lastLines.add(line);
        try {
            listener.line(line);
        } catch (RuntimeException e) {
            warnOnce(e);
        }
    }

    private void warnOnce(RuntimeException failure) {
        if (!warned) {
            warned = true;
            LOG.warn(
                    "The reader of a build's output failed; the build goes on, and further failures are not told",
                    failure);
        }
    }

    synchronized List<String> lastLines() {
        return ImmutableList.copyOf(lastLines);
    }
}
