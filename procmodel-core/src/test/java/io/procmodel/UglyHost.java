package io.procmodel;

import io.procmodel.build.Source;
import io.procmodel.dyno.Dyno;
import io.procmodel.dyno.DynoState;
import io.procmodel.policy.AppPolicy;
import io.procmodel.runtime.Isolation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The host of {@link UglyProgramsIT}: runs one dyno of each kind and does what it reads, line by line, until it is killed. */
public final class UglyHost {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private UglyHost() {}

    /**
     * Runs the host.
     *
     * @param args the home, the source, the isolation, and the tag of its processes
     */
    public static void main(String[] args) throws IOException {
        Platform platform = Platform.builder()
                .home(Path.of(args[0]))
                .isolation(Isolation.valueOf(args[2]))
                .policy(AppPolicy.HEROKU.everyType(type -> type.stopGrace(Duration.ofSeconds(1))))
                .open();
        App shop = platform.createApp("shop");
        shop.config().set(TaggedProcesses.NAME, args[3]);
        shop.deploy(Source.directory(Path.of(args[1])));
        scale(shop, 1);
        say("up");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "restart" -> shop.dynos().restart();
                case "down" -> scale(shop, 0);
                case "up" -> scale(shop, 1);
                case "close" -> platform.close();
                default -> throw new IllegalArgumentException(order);
            }
            say(order);
        }
    }

    private static void scale(App shop, int quantity) {
        for (UglyProgram program : UglyProgram.values()) {
            shop.formation().scale(program.type() + "=" + quantity);
        }
        if (quantity > 0) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> shop.dynos().list().stream().allMatch(UglyHost::hasStarted));
        }
    }

    /** One of them ends by itself, and then waits to be started again. */
    private static boolean hasStarted(Dyno dyno) {
        return dyno.state() == DynoState.UP || dyno.state() == DynoState.CRASHED;
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
