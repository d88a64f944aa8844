package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.cloudbees.syslog.MessageFormat;
import com.cloudbees.syslog.sender.TcpSyslogMessageSender;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.Drain;
import io.procmodel.logplex.Logplex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** B11: a syslog drain, from the first line written to the last one sent, in turn with syslog-java-client, to one peer. */
final class SyslogBar implements Bar {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int WARM_UP = 2;
    private static final int LINES = 3_000_000;
    private static final int THEIR_LINES = 100_000;
    private static final int CHUNK = 600;
    private static final int MOST_AHEAD = 200_000;
    private static final String LINE = "x".repeat(99);
    private static final double TARGET = 5;
    private static final double TARGET_RATIO = 20;

    @Override
    public void measure(Bench bench) throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            boolean first = round % 2 == 0;
            double before = first ? drain() : client();
            double after = first ? client() : drain();
            if (round >= WARM_UP) {
                ours.add(first ? before : after);
                theirs.add(first ? after : before);
                ratios.add(first ? before / after : after / before);
            }
        }
        double rate = Figures.median(ours);
        double ratio = Figures.median(ratios);
        bench.row("B11 rate", text("%.2f M messages/s", rate), ">= 5 M messages/s", rate >= TARGET);
        bench.row(
                "B11 against syslog-java-client",
                text("%.0f times (%.3f M messages/s)", ratio, Figures.median(theirs)),
                ">= 20 times",
                ratio >= TARGET_RATIO);
    }

    private static double drain() throws IOException, InterruptedException {
        try (SyslogPeer peer = new SyslogPeer()) {
            double rate;
            try (Logplex logplex =
                    Logplex.builder().history(500_000).historyBytes(64 << 20).build()) {
                Drain drain = logplex.channel(OneStream.APP).drains().add("syslog://127.0.0.1:" + peer.port());
                byte[] chunk = (LINE + "\n").repeat(CHUNK).getBytes(US_ASCII);
                LogSource source = logplex.open(OneStream.APP, LogOrigin.app("web.1"));
                long start = System.nanoTime();
                for (int i = 1; i <= LINES / CHUNK; i++) {
                    source.write(ByteBuffer.wrap(chunk));
                    while (i % 20 == 0 && drain.stats().pending() > MOST_AHEAD) {
                        TimeUnit.MICROSECONDS.sleep(200);
                    }
                }
                drain.flush(Duration.ofSeconds(60));
                rate = LINES / Figures.seconds(start) / Figures.MILLION;
                Bench.expect("lines delivered", drain.stats().delivered(), LINES);
            }
            peer.expectAtLeast((long) LINES * LINE.length());
            return rate;
        }
    }

    private static double client() throws IOException {
        try (SyslogPeer peer = new SyslogPeer()) {
            double rate;
            try (TcpSyslogMessageSender sender = new TcpSyslogMessageSender()) {
                sender.setSyslogServerHostname("127.0.0.1");
                sender.setSyslogServerPort(peer.port());
                sender.setMessageFormat(MessageFormat.RFC_5425);
                sender.setDefaultMessageHostname("shop");
                sender.setDefaultAppName("web.1");
                long start = System.nanoTime();
                for (int i = 0; i < THEIR_LINES; i++) {
                    sender.sendMessage(LINE);
                }
                rate = THEIR_LINES / Figures.seconds(start) / Figures.MILLION;
            }
            peer.expectAtLeast((long) THEIR_LINES * LINE.length());
            return rate;
        }
    }
}
