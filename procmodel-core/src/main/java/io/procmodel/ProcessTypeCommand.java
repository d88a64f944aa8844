package io.procmodel;

import io.procmodel.procfile.ProcessType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the command of a process type in the place of its name (Heroku: PROC-25). */
final class ProcessTypeCommand {
    private static final Pattern FIRST_WORD = Pattern.compile("\\s*(\\S+)(.*)", Pattern.DOTALL);

    private ProcessTypeCommand() {}

    static String expand(List<ProcessType> types, String command) {
        Matcher words = FIRST_WORD.matcher(command);
        if (!words.matches()) {
            return command;
        }
        return types.stream()
                .filter(type -> type.name().equals(words.group(1)))
                .map(type -> type.command() + words.group(2))
                .findFirst()
                .orElse(command);
    }
}
