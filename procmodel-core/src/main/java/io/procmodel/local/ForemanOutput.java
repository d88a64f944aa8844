package io.procmodel.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.dyno.DynoName;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/**
 * Prints lines as foreman does: {@code 12:34:56 web.1    | text}, names padded to one width, a colour per process type.
 * Thread-safe: a line is printed whole. The stream is not closed.
 */
public final class ForemanOutput implements LogSink {
    private static final List<String> COLOURS = List.of("36", "33", "32", "35", "31", "34");
    private static final String SYSTEM_COLOUR = "37";
    private static final int NARROWEST = 6;

    private final PrintStream out;
    private final boolean colours;
    private final Clock clock;
    private final List<String> types;
    private final int width;

    private ForemanOutput(PrintStream out, boolean colours, Clock clock, Collection<DynoName> names) {
        this.out = out;
        this.colours = colours;
        this.clock = clock;
        this.types = names.stream().map(DynoName::processType).distinct().toList();
        this.width = names.stream().mapToInt(name -> name.toString().length()).reduce(NARROWEST, Math::max);
    }

    /**
     * Output for the processes of a run.
     *
     * @param out where lines go
     * @param colours whether to colour the names: a terminal's business, which the caller knows
     * @param clock what time it is, and where
     * @param names the processes that will speak, for the width of the names and the choice of colours
     */
    public static ForemanOutput to(PrintStream out, boolean colours, Clock clock, Collection<DynoName> names) {
        return new ForemanOutput(out, colours, clock, names);
    }

    @Override
    public LogSource open(AppName app, LogOrigin origin) {
        String colour = colour(origin.process());
        return new LineSource(line -> print(origin.process(), colour, line));
    }

    private String colour(String process) {
        int dot = process.lastIndexOf('.');
        int place = dot < 0 ? -1 : types.indexOf(process.substring(0, dot));
        return place < 0 ? SYSTEM_COLOUR : COLOURS.get(place % COLOURS.size());
    }

    private void print(String process, String colour, byte[] line) {
        String time = LocalTime.now(clock).truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_TIME);
        String prefix = time + " " + String.format("%-" + width + "s", process) + " | ";
        byte[] head = (colours ? "\u001b[" + colour + "m" + prefix + "\u001b[0m" : prefix).getBytes(UTF_8);
        synchronized (out) {
            out.write(head, 0, head.length);
            out.write(line, 0, line.length);
            out.write('\n');
            out.flush();
        }
    }
}
