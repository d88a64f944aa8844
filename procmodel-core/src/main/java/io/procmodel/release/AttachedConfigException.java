package io.procmodel.release;

import io.procmodel.addon.Attachment;
import io.procmodel.error.ProcModelException;

/** A config var belongs to an add-on and changes with it alone; detach the add-on first (Heroku: CFG-9). */
public final class AttachedConfigException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    AttachedConfigException(String key, Attachment attachment) {
        super("config var: \"" + key + "\" belongs to the add-on " + attachment.addOn() + ", attached as "
                + attachment.name() + " (expected: one that no add-on brings)");
    }
}
