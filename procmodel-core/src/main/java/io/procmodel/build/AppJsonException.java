package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.util.List;

/**
 * An {@code app.json} cannot be understood, or asks for config vars that it was not given (Heroku: PIPE-11). No app was
 * created; the error carries everything that is wrong at once.
 */
public final class AppJsonException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final ImmutableList<String> problems;

    AppJsonException(List<String> problems) {
        super(AppJson.FILE_NAME + ": " + String.join("; ", problems));
        this.problems = ImmutableList.copyOf(problems);
    }

    /** What is wrong, for example {@code config var ADMIN_EMAIL is required}. */
    public List<String> problems() {
        return problems;
    }
}
