package io.procmodel.scheduler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.procmodel.scheduler.DstRule.Gap;
import io.procmodel.scheduler.DstRule.Overlap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One line of the conformance file: an expression and what public engines say of it. */
record CronVector(Map<String, Object> fields) {
    static CronVector parse(String line) {
        try (JsonParser json = new JsonFactory().createParser(line)) {
            json.nextToken();
            return new CronVector(object(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            fields.put(name, value(json, json.nextToken()));
        }
        return fields;
    }

    private static Object value(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(json, json.currentToken()));
                }
                yield values;
            }
            default -> json.getText();
        };
    }

    String text(String name) {
        return (String) fields.get(name);
    }

    boolean isError() {
        return fields.containsKey("error");
    }

    boolean isEquality() {
        return fields.containsKey("equals");
    }

    /** The name under which a deviation is listed. */
    String name() {
        String what = isError() ? "error" : isEquality() ? "equals" : text("zone") + " " + text("from");
        return text("dialect") + " | " + text("expr") + " | " + what + " | " + policy();
    }

    Instant from() {
        return OffsetDateTime.parse(text("from")).toInstant();
    }

    List<Instant> next() {
        return ((List<?>) fields.get("next"))
                .stream()
                        .map(text -> OffsetDateTime.parse((String) text).toInstant())
                        .toList();
    }

    CronDialect dialect() {
        return CronDialect.valueOf(text("dialect").toUpperCase(Locale.ROOT));
    }

    /** The schedule of {@code expression} under the vector's labelled rule. */
    CronSchedule schedule(String expression) {
        String zone = text("zone");
        CronSchedule schedule = Schedule.cron(expression, ZoneId.of(zone == null ? "UTC" : zone), dialect())
                .dst(rule());
        return "and".equals(policy().get("starStepDays")) ? schedule.dayMatch(DayMatch.BOTH_IF_STARRED) : schedule;
    }

    private DstRule rule() {
        DstRule rule = DstRule.ONCE;
        if (policy().containsKey("gap")) {
            rule = rule.withGap(Gap.valueOf(policy().get("gap").toUpperCase(Locale.ROOT)));
        }
        if (policy().containsKey("overlap")) {
            rule = rule.withOverlap(Overlap.valueOf(policy().get("overlap").toUpperCase(Locale.ROOT)));
        }
        if (policy().containsKey("wildcardOverlap")) {
            rule = rule.withWildcardOverlap(
                    Overlap.valueOf(policy().get("wildcardOverlap").toUpperCase(Locale.ROOT)));
        }
        return rule;
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> policy() {
        return (Map<String, String>) fields.getOrDefault("policy", Map.of());
    }
}
