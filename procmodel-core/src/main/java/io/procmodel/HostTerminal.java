package io.procmodel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.runtime.Attachment;
import io.procmodel.runtime.TerminalSize;
import io.procmodel.thread.NamedThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terminal that this program was started in: while a dyno is attached to it, every key goes to the dyno (raw mode, by
 * {@code stty}) and the dyno's window follows this one.
 */
final class HostTerminal {
    private static final Logger LOG = LoggerFactory.getLogger(HostTerminal.class);
    private static final Pattern SIZE = Pattern.compile("(\\d+) (\\d+)\\s*");
    private static final long STTY_SECONDS = 5;
    private static final Duration WINDOW_CHECK = Duration.ofSeconds(1);

    private final String savedSettings;

    private HostTerminal(String savedSettings) {
        this.savedSettings = savedSettings;
    }

    /** The terminal, if both standard streams are one. */
    static Optional<HostTerminal> find() {
        return run(List.of("sh", "-c", "test -t 1"), false)
                .flatMap(yes -> run(List.of("stty", "-g"), true))
                .map(String::strip)
                .filter(settings -> !settings.isEmpty())
                .map(HostTerminal::new);
    }

    /** Starts a dyno attached to it, and gives the terminal back at the dyno's end. */
    OneOffDyno attach(OneOffCommand command) {
        AtomicBoolean ended = new AtomicBoolean();
        TerminalSize size = size().orElse(TerminalSize.USUAL);
        Attachment attachment = new Attachment(new PolledInput(System.in, ended::get), Optional.of(size));
        run(List.of("stty", "raw", "-echo"), false);
        try {
            OneOffDyno dyno = command.startAttached(attachment, System.out, () -> {
                ended.set(true);
                restore();
            });
            followWindow(dyno, size, ended);
            return dyno;
        } catch (RuntimeException e) {
            restore();
            throw e;
        }
    }

    private void restore() {
        run(List.of("stty", savedSettings), false);
    }

    /** A JVM is not told of SIGWINCH in a way that it may rely on, so the size is looked at again and again. */
    private static void followWindow(OneOffDyno dyno, TerminalSize first, AtomicBoolean ended) {
        new NamedThreads("procmodel-" + dyno.name() + "-window")
                .newThread(() -> {
                    TerminalSize last = first;
                    while (pause() && !ended.get()) {
                        TerminalSize now = size().orElse(last);
                        if (!now.equals(last)) {
                            dyno.resize(now);
                            last = now;
                        }
                    }
                })
                .start();
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(WINDOW_CHECK.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<TerminalSize> size() {
        return run(List.of("stty", "size"), true)
                .map(SIZE::matcher)
                .filter(Matcher::matches)
                .map(found -> new int[] {Integer.parseInt(found.group(2)), Integer.parseInt(found.group(1))})
                .filter(size -> size[0] > 0 && size[1] > 0)
                .map(size -> new TerminalSize(size[0], size[1]));
    }

    /** Runs a program on this terminal; empty if it fails. What it prints is read, or else its output is this terminal. */
    private static Optional<String> run(List<String> command, boolean read) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(read ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = read ? new String(process.getInputStream().readAllBytes(), US_ASCII) : "";
            boolean worked = process.waitFor(STTY_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return worked ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} does not run here", command.get(0), e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
