package io.procmodel.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.error.ProcModelException;
import io.procmodel.local.LocalProcesses;
import io.procmodel.local.LocalRun;
import io.procmodel.log.LogSink;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.LogQueryException;
import io.procmodel.logplex.Logplex;
import io.procmodel.logplex.format.LogFormat;
import io.procmodel.name.AppName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs several apps and shows what they say, in one window. Type a filter and press return, and from then on only what it
 * asks for is shown: {@code type=web text~"[45]\d\d"}, {@code not source=heroku}, {@code app=shop} for one app alone;
 * an empty line shows everything again, {@code stats} what came in, {@code quit} ends.
 */
public final class Tail {
    private static final int SHOWN_AT_ONCE = 10;

    private final Logplex logplex;
    private final PrintStream out;
    private final boolean colours;
    private final List<io.procmodel.logplex.Tail> tails = new ArrayList<>();

    private Tail(Logplex logplex, PrintStream out, boolean colours) {
        this.logplex = logplex;
        this.out = out;
        this.colours = colours;
    }

    /**
     * Runs until {@code quit} or the end of the input.
     *
     * @param args directories with a Procfile each; their names are the names of the apps
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: Tail DIRECTORY...");
            System.exit(2);
        }
        Map<AppName, LocalProcesses> running = new TreeMap<>();
        try (Logplex logplex = Logplex.create()) {
            try {
                for (String directory : args) {
                    start(Path.of(directory), logplex, running);
                }
                new Tail(logplex, System.out, Screen.showsColours(System.getenv()))
                        .follow(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
            } finally {
                running.values().forEach(LocalProcesses::close);
            }
        } catch (ProcModelException e) {
            System.err.println("ERROR: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void start(Path directory, Logplex logplex, Map<AppName, LocalProcesses> running) {
        AppName app = AppName.of(
                directory.toAbsolutePath().normalize().getFileName().toString().toLowerCase(Locale.ROOT));
        // A local run has a name of its own for itself; here each one gets the stream of its directory's name.
        LogSink sink = (itself, origin) -> logplex.open(app, origin);
        running.put(app, LocalRun.in(directory).output(sink).start());
    }

    private void follow(BufferedReader keyboard) throws IOException {
        show("");
        for (String typed = keyboard.readLine(); typed != null && !typed.strip().equals("quit"); ) {
            if (typed.strip().equals("stats")) {
                logplex.channels().forEach(channel -> print("-- " + channel.stats()));
            } else {
                show(typed.strip());
            }
            typed = keyboard.readLine();
        }
        tails.forEach(io.procmodel.logplex.Tail::close);
    }

    /** Shows the last lines that a filter asks for, and then what comes. A filter with a mistake changes nothing. */
    private void show(String filter) {
        String wantedApp = filter.startsWith("app=") ? filter.substring(4).split("\\s", 2)[0] : "";
        String rest = wantedApp.isEmpty() ? filter : filter.substring(4 + wantedApp.length());
        try {
            LogQuery query = LogQuery.parse(rest).last(SHOWN_AT_ONCE);
            tails.forEach(io.procmodel.logplex.Tail::close);
            tails.clear();
            print("-- " + (filter.isEmpty() ? "everything" : filter));
            logplex.channels().stream()
                    .filter(channel ->
                            wantedApp.isEmpty() || channel.app().toString().equals(wantedApp))
                    .forEach(channel -> {
                        LogFormat format = format();
                        String name = channel.app() + " ";
                        tails.add(channel.tail(query, line -> print(name + format.format(line))));
                    });
        } catch (LogQueryException e) {
            print("-- " + e.getMessage());
        }
    }

    private LogFormat format() {
        ZoneId zone = ZoneId.systemDefault();
        return colours
                ? LogFormat.foremanInColour(zone)
                : LogFormat.foreman(zone).withoutEscapes();
    }

    private synchronized void print(String line) {
        out.println(line);
        out.flush();
    }
}
