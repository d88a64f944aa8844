package io.procmodel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Programs that make it hard to end them. */
enum UglyProgram {
    PLAIN("exec sleep 1000"),
    PIPELINE("sleep 1000 | cat | sleep 1000"),
    BACKGROUND("(sleep 1000 & sleep 1000) & wait"),
    DEAF("trap '' TERM; (trap '' TERM; while :; do sleep 0.2; done) & while :; do sleep 0.2; done"),
    DOUBLEFORK("(sleep 1000 &); exec sleep 1000"),
    SESSION("(setsid sleep 1000 &); (trap '' TERM; setsid sh -c 'while :; do sleep 0.2; done') & exec sleep 1000"),
    STORM("i=0; while [ $i -lt 300 ]; do sleep 1000 & i=$((i + 1)); done; wait"),
    FLOOD("exec nice -n 19 yes flood"),
    MUTE("exec >&- 2>&-; sleep 1000 & exec sleep 1000"),
    HOLDER("sleep 1000 & (setsid sleep 1000 &); sleep 0.2; exit 0");

    private final String command;

    UglyProgram(String command) {
        this.command = command;
    }

    /** As a process type. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A Procfile with all of them. */
    static String procfile() {
        return Arrays.stream(values())
                .map(program -> program.type() + ": " + program.command + "\n")
                .collect(Collectors.joining());
    }
}
