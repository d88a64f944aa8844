package io.procmodel.logplex.drain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.procmodel.log.LogLevel;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import io.procmodel.logplex.filter.LineLevel;
import io.procmodel.logplex.ring.Line;
import io.procmodel.name.AppName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes lines as an {@code ExportLogsServiceRequest}: one resource per speaker, whose instance is the dyno. */
final class OtlpJson {
    private final JsonFactory factory = new JsonFactory();
    private final AppName app;

    OtlpJson(AppName app) {
        this.app = app;
    }

    byte[] write(List<Line> lines) {
        Map<LogOrigin, List<Line>> byOrigin = new LinkedHashMap<>();
        for (Line line : lines) {
            byOrigin.computeIfAbsent(line.origin(), origin -> new ArrayList<>()).add(line);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceLogs");
            for (Map.Entry<LogOrigin, List<Line>> entry : byOrigin.entrySet()) {
                resource(json, entry.getKey(), entry.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    private void resource(JsonGenerator json, LogOrigin origin, List<Line> lines) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("resource");
        json.writeArrayFieldStart("attributes");
        attribute(json, "service.name", app.toString());
        attribute(json, "service.instance.id", origin.process());
        attribute(json, "procmodel.source", origin.source());
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("scopeLogs");
        json.writeStartObject();
        json.writeObjectFieldStart("scope");
        json.writeStringField("name", "io.procmodel.logplex");
        json.writeEndObject();
        json.writeArrayFieldStart("logRecords");
        for (Line line : lines) {
            record(json, line);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void record(JsonGenerator json, Line line) throws IOException {
        json.writeStartObject();
        String nanos = line.micros() + "000";
        json.writeStringField("timeUnixNano", nanos);
        json.writeStringField("observedTimeUnixNano", nanos);
        LogLevel level = LineLevel.of(line);
        json.writeNumberField("severityNumber", severity(level));
        json.writeStringField("severityText", level.name());
        json.writeObjectFieldStart("body");
        json.writeStringField("stringValue", line.text());
        json.writeEndObject();
        json.writeArrayFieldStart("attributes");
        if (line.origin().stream() != LogStream.MERGED) {
            attribute(json, "log.iostream", line.origin().stream().name().toLowerCase(Locale.ROOT));
        }
        attribute(json, "procmodel.seq", String.valueOf(line.seq()));
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The first number of each range of OpenTelemetry's log data model. */
    private static int severity(LogLevel level) {
        return switch (level) {
            case TRACE -> 1;
            case DEBUG -> 5;
            case INFO -> 9;
            case WARN -> 13;
            case ERROR -> 17;
        };
    }

    private static void attribute(JsonGenerator json, String key, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        json.writeStringField("stringValue", value);
        json.writeEndObject();
        json.writeEndObject();
    }
}
