package io.procmodel;

import io.procmodel.name.AppName;

/** A front door's hold on its platform. Thread-safe; no call blocks. */
public interface AttachedDoor extends AutoCloseable {
    /** Has an app woken if it sleeps, and counts as a request of it. Decided soon after; an unknown app is ignored. */
    void wake(AppName app);

    /** Detaches the front door: it is told and asked nothing more, and dynos are stopped without waiting for it. */
    @Override
    void close();
}
