package io.procmodel.scheduler;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the host what happens; a listener that throws changes nothing. */
record Events(Consumer<? super SchedulerEvent> listener) {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    void tell(SchedulerEvent event) {
        LOG.debug("{}", event);
        try {
            listener.accept(event);
        } catch (RuntimeException | Error e) {
            LOG.warn("a listener failed on {}", event, e);
        }
    }
}
