package io.procmodel.logplex.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogEntry;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** One JSON object per entry, written by hand: it is flat, and so needs no library. */
final class JsonFormat {
    private JsonFormat() {}

    static String format(LogEntry entry) {
        StringBuilder json = new StringBuilder(160);
        json.append("{\"seq\":").append(entry.seq());
        member(json, "time", entry.time().toString());
        member(json, "source", entry.source());
        member(json, "process", entry.process());
        member(json, "stream", entry.stream().name().toLowerCase(Locale.ROOT));
        member(json, "part", entry.part().name().toLowerCase(Locale.ROOT));
        String text = entry.text();
        member(json, "text", text);
        byte[] bytes = entry.bytes();
        if (!Arrays.equals(bytes, text.getBytes(UTF_8))) {
            member(json, "base64", Base64.getEncoder().encodeToString(bytes));
        }
        return json.append('}').toString();
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            character(json, value.charAt(i));
        }
        json.append('"');
    }

    private static void character(StringBuilder json, char c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c >= ' ' && c < 0x7f) {
            json.append(c);
        } else {
            json.append(String.format("\\u%04x", (int) c));
        }
    }
}
