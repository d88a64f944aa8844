package io.procmodel;

import io.procmodel.error.ProcModelException;

/** An app cannot be promoted as asked; nothing was released (Heroku: PIPE-6). */
public final class PromotionException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    PromotionException(String message) {
        super(message);
    }
}
