package io.procmodel.logplex.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.procmodel.log.LogLevel;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the level that a line's text names, in the shapes that logging libraries write: a JSON object with a level,
 * {@code level=warn}, a priority {@code <3>}, {@code E0102} of glog, {@code [error]}, {@code error:} at the start, or a
 * level in capitals as a word of its own; the first of them within two hundred characters. Prose that names one in
 * capitals is taken by its word.
 */
final class LevelText {
    private static final int HEAD = 200;
    private static final int DEBUG_PRIORITY = 7;
    private static final int WARN_PRIORITY = 4;
    private static final int PRIORITIES = 8;
    private static final Set<String> KEYS =
            Set.of("level", "severity", "lvl", "levelname", "log.level", "loglevel", "@l", "SeverityText");
    private static final Pattern ESCAPES = Pattern.compile("\\x1b\\[[0-9;]*m");
    private static final Pattern PRIORITY = Pattern.compile("<(\\d{1,3})>");
    private static final Pattern GLOG = Pattern.compile("([IWEF])\\d{4} \\d\\d:");
    private static final Pattern LEADING = Pattern.compile("\\s*([A-Za-z]{3,9})(?:[:!](?=\\s|$)|\\s*\\|)");
    private static final String PAIR =
            "(?<![^\\s\\[{,])(?:level|lvl|severity|loglevel)=\"?([A-Za-z]+|\\d\\d)\"?(?![^\\s\\]},])";
    private static final String BRACKETED = "\\[\\s*([A-Za-z]{3,9})\\s*]";
    private static final String CAPITALS = "(?<![^\\s\\[(|<:])([A-Z]{3,9})!?(?![^\\s\\])|>:,])";
    private static final Pattern NAMED = Pattern.compile(PAIR + "|" + BRACKETED + "|" + CAPITALS);

    private LevelText() {}

    /** The level that a text names, or null. */
    static @Nullable LogLevel find(String text) {
        if (text.startsWith("{")) {
            return inJson(text);
        }
        String head = ESCAPES.matcher(text.substring(0, Math.min(2 * HEAD, text.length())))
                .replaceAll("");
        LogLevel leading = leading(head);
        return leading != null ? leading : named(head.substring(0, Math.min(HEAD, head.length())));
    }

    /** Of a JSON object's own fields; one that is cut off counts as far as it reaches. */
    private static @Nullable LogLevel inJson(String text) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (KEYS.contains(field) && value != null && value.isScalarValue()) {
                    return LevelNames.level(json.getText());
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    private static @Nullable LogLevel leading(String head) {
        Matcher glog = GLOG.matcher(head);
        if (glog.lookingAt()) {
            String letter = glog.group(1);
            return letter.equals("I") ? LogLevel.INFO : letter.equals("W") ? LogLevel.WARN : LogLevel.ERROR;
        }
        Matcher priority = PRIORITY.matcher(head);
        if (priority.lookingAt()) {
            return ofPriority(Integer.parseInt(priority.group(1)) % PRIORITIES);
        }
        Matcher word = LEADING.matcher(head);
        return word.lookingAt() ? LevelNames.level(word.group(1)) : null;
    }

    private static LogLevel ofPriority(int severity) {
        if (severity == DEBUG_PRIORITY) {
            return LogLevel.DEBUG;
        }
        return severity > WARN_PRIORITY ? LogLevel.INFO : severity == WARN_PRIORITY ? LogLevel.WARN : LogLevel.ERROR;
    }

    /** The first word of a shape of {@link #NAMED} that is a level. */
    private static @Nullable LogLevel named(String head) {
        Matcher matcher = NAMED.matcher(head);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String name = matcher.group(group);
                LogLevel level = name == null ? null : LevelNames.level(name);
                if (level != null) {
                    return level;
                }
            }
        }
        return null;
    }
}
