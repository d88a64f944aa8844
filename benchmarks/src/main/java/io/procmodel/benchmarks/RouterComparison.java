package io.procmodel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.logplex.Logplex;
import io.procmodel.router.Router;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The router beside nginx and haproxy as reverse proxies of the same two dynos, which are nginx too, under {@code wrk}, in
 * turn within one run: requests per second, CPU per request, 99th percentile; and what 10,000 idle clients cost. Needs
 * {@code nginx}, {@code haproxy}, {@code wrk} and {@code python3}.
 */
public final class RouterComparison {
    private static final String HOST = "shop.localhost";
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern BAD = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final double TICKS = 100;

    private final Map<String, List<Run>> runs = new LinkedHashMap<>();

    private RouterComparison() {}

    /** One run of {@code wrk}: requests per second, CPU microseconds per request, 99th percentile in ms, bad answers. */
    private record Run(double rate, double cpu, double p99, long bad) {}

    /** A proxy under test: its port, and the process whose CPU time counts, with its children. */
    private record Proxy(int port, long pid) {}

    /**
     * Runs the comparison.
     *
     * @param args seconds of each run, rounds, and seconds of load that warm up the router before the first of them
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        new RouterComparison().run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    private void run(int seconds, int rounds, int warmUp) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("procmodel-router-comparison");
        try (Logplex logplex = Logplex.create();
                Platform platform = Platform.builder()
                        .home(directory.resolve("home"))
                        .isolation(Isolation.NONE)
                        .logs(logplex)
                        .open();
                Router router = Router.builder(platform)
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 18_080))
                        .logs(logplex)
                        .start()) {
            App shop = platform.createApp("shop");
            shop.deploy(Source.directory(dyno(directory.resolve("source"))));
            shop.formation().scale("web=2");
            shop.dynos().awaitUp(Duration.ofSeconds(60));
            List<Integer> ports = shop.dynos().list().stream()
                    .map(dyno -> dyno.address().map(URI::getPort).orElseThrow())
                    .toList();
            Process nginx = start(nginx(directory, ports));
            Process haproxy = start(haproxy(directory, ports));
            awaitListening(18_081, 18_082);
            try {
                Map<String, Proxy> proxies = new LinkedHashMap<>();
                proxies.put("nginx", new Proxy(18_081, nginx.pid()));
                proxies.put("haproxy", new Proxy(18_082, haproxy.pid()));
                proxies.put(
                        "router",
                        new Proxy(
                                router.address().getPort(),
                                ProcessHandle.current().pid()));
                for (Proxy proxy : proxies.values()) {
                    requirePage(proxy.port());
                }
                wrk(proxies.get("router"), warmUp);
                measure(proxies, seconds, rounds);
                idleClients(router.address().getPort());
            } finally {
                nginx.destroy();
                haproxy.destroy();
            }
        }
    }

    private static Path dyno(Path source) throws IOException {
        Files.createDirectories(source);
        Files.writeString(source.resolve("Procfile"), "web: exec sh serve.sh\n");
        Files.writeString(source.resolve("page"), "x".repeat(1_024));
        Files.writeString(source.resolve("serve.sh"), """
                cat > nginx.conf <<END
                user root; daemon off; worker_processes 1; pid $PWD/pid; error_log $PWD/errors;
                events { worker_connections 4096; }
                http { access_log off; keepalive_requests 10000000; keepalive_timeout 75s;
                  server { listen 127.0.0.1:$PORT backlog=4096; location / { root $PWD; try_files /page =404; } } }
                END
                exec nginx -p "$PWD" -c "$PWD/nginx.conf"
                """);
        return source;
    }

    private static List<String> nginx(Path directory, List<Integer> ports) throws IOException {
        Path conf = directory.resolve("proxy.conf");
        Files.writeString(conf, """
                daemon off; worker_processes 2; pid %1$s/proxy.pid; error_log %1$s/proxy.errors;
                events { worker_connections 16384; }
                http { access_log %1$s/access.log combined buffer=64k; keepalive_requests 10000000;
                  upstream dynos { server 127.0.0.1:%2$d; server 127.0.0.1:%3$d; keepalive 64; }
                  server { listen 127.0.0.1:18081 backlog=4096; location / { proxy_pass http://dynos;
                    proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } } }
                """.formatted(directory, ports.get(0), ports.get(1)));
        return List.of("nginx", "-p", directory.toString(), "-c", conf.toString());
    }

    private static List<String> haproxy(Path directory, List<Integer> ports) throws IOException {
        Path conf = directory.resolve("haproxy.cfg");
        Files.writeString(conf, """
                global
                  nbthread 2
                  maxconn 4000
                defaults
                  mode http
                  option forwardfor
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                listen dynos
                  bind 127.0.0.1:18082
                  balance random
                  server a 127.0.0.1:%d
                  server b 127.0.0.1:%d
                """.formatted(ports.get(0), ports.get(1)));
        return List.of("haproxy", "-db", "-f", conf.toString());
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitListening(int... ports) throws InterruptedException {
        for (int port : ports) {
            for (int i = 0; i < 100 && !listens(port); i++) {
                Thread.sleep(100);
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** What is measured must be the page, not a proxy's error page. */
    private static void requirePage(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ") || !answer.endsWith("x".repeat(1_024))) {
                throw new IllegalStateException("answer on port " + port + ": " + answer + " (expected: the page)");
            }
        }
    }

    private void measure(Map<String, Proxy> proxies, int seconds, int rounds) throws IOException, InterruptedException {
        Random random = new Random(9);
        for (int round = 0; round <= rounds; round++) {
            List<String> order = new ArrayList<>(proxies.keySet());
            Collections.shuffle(order, random);
            for (String name : order) {
                Run run = wrk(proxies.get(name), seconds);
                if (round > 0) {
                    runs.computeIfAbsent(name, key -> new ArrayList<>()).add(run);
                }
            }
        }
        System.out.println(
                "| proxy | requests/s | against nginx | CPU us per request | against nginx | p99 ms | bad |");
        System.out.println("|---|---|---|---|---|---|---|");
        List<Run> base = runs.get("nginx");
        runs.forEach((name, own) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.2f | %.0f | %.2f | %.1f | %d |%n",
                name,
                median(own.stream().map(Run::rate).toList()),
                median(ratios(own, base, true)),
                median(own.stream().map(Run::cpu).toList()),
                median(ratios(own, base, false)),
                median(own.stream().map(Run::p99).toList()),
                own.stream().mapToLong(Run::bad).sum()));
    }

    private static List<Double> ratios(List<Run> own, List<Run> base, boolean rate) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            ratios.add(
                    rate
                            ? own.get(i).rate() / base.get(i).rate()
                            : own.get(i).cpu() / base.get(i).cpu());
        }
        return ratios;
    }

    private static Run wrk(Proxy proxy, int seconds) throws IOException, InterruptedException {
        double before = cpuSeconds(proxy.pid());
        Process wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c32",
                        "-d" + seconds + "s",
                        "--latency",
                        "-H",
                        "Host: " + HOST,
                        "http://127.0.0.1:" + proxy.port() + "/")
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), UTF_8);
        wrk.waitFor();
        double used = cpuSeconds(proxy.pid()) - before;
        double rate = number(RATE, said);
        return new Run(rate, used * 1e6 / (rate * seconds), p99(said), (long) number(BAD, said));
    }

    private static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    private static double p99(String text) {
        Matcher matcher = P99.matcher(text);
        if (!matcher.find()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> value / 1_000;
            case "s" -> value * 1_000;
            default -> value;
        };
    }

    /** Of this JVM alone, or of a process with its children. */
    private static double cpuSeconds(long pid) throws IOException {
        if (pid == ProcessHandle.current().pid()) {
            return ticks(pid) / TICKS;
        }
        double ticks = ticks(pid);
        for (ProcessHandle child :
                ProcessHandle.of(pid).orElseThrow().descendants().toList()) {
            ticks += ticks(child.pid());
        }
        return ticks / TICKS;
    }

    private static double ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    }

    private static void idleClients(int port) throws IOException, InterruptedException {
        long before = residentKilobytes();
        String script = "import socket,sys,resource\n"
                + "resource.setrlimit(resource.RLIMIT_NOFILE,(12000,12000))\nall=[]\n"
                + "for i in range(10000):\n s=socket.create_connection(('127.0.0.1'," + port + "))\n"
                + " s.sendall(b'GET / HTTP/1.1\\r\\nHost: " + HOST + "\\r\\n\\r\\n')\n"
                + " s.recv(4096)\n all.append(s)\nprint(len(all),flush=True)\nsys.stdin.read()\n";
        Process clients = new ProcessBuilder("python3", "-c", script)
                .redirectErrorStream(true)
                .start();
        String said = clients.inputReader(UTF_8).readLine();
        long after = residentKilobytes();
        System.out.printf(
                Locale.ROOT, "idle clients: %s, resident memory %d MB -> %d MB%n", said, before / 1_024, after / 1_024);
        clients.destroy();
        clients.waitFor();
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
