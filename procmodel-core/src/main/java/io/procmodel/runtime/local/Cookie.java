package io.procmodel.runtime.local;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * The mark that every process of a runtime's dynos is born with, in its environment: it tells of which runtime and which
 * dyno the process is, wherever it has gone since.
 *
 * @param token names the runtime, like no other anywhere
 */
record Cookie(String token) {
    static final String NAME = "PROCMODEL_COOKIE";

    static Cookie bake() {
        return new Cookie(UUID.randomUUID().toString());
    }

    /** The variable's value for a dyno. */
    String of(long dyno) {
        return token + '.' + dyno;
    }

    /** What the environment of every process of this runtime's dynos contains. */
    String mark() {
        return NAME + '=' + token + '.';
    }

    /** The name of this runtime's control groups. */
    String groupName() {
        return "procmodel-" + token;
    }

    /** Which dyno a process is of, by its environment. */
    OptionalLong dyno(String environment) {
        String mark = mark();
        int start = environment.indexOf(mark);
        if (start < 0) {
            return OptionalLong.empty();
        }
        int from = start + mark.length();
        int end = environment.indexOf('\0', from);
        try {
            return OptionalLong.of(Long.parseLong(environment.substring(from, end < 0 ? environment.length() : end)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
