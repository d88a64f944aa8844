package io.procmodel;

import io.procmodel.runtime.Isolation;
import java.nio.file.Path;
import java.time.Duration;

/** The host program that {@link HostKilledIT} kills: it changes config for ever and prints each version that is durable. */
public final class KilledHost {
    private KilledHost() {}

    /**
     * Runs until it is killed.
     *
     * @param args the home, the source, and the tag of its processes
     */
    public static void main(String[] args) {
        Platform platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(Path.of(args[0]))
                .open();
        App shop = platform.createApp("shop");
        shop.config().set(TaggedProcesses.NAME, args[2]);
        shop.deploy(io.procmodel.build.Source.directory(Path.of(args[1])));
        shop.formation().scale("stubborn=2", "worker=2");
        shop.dynos().awaitUp(Duration.ofSeconds(60));
        System.out.println("up");
        for (int i = 1; ; i++) {
            System.out.println("v" + shop.config().set("ROUND", "round-" + i).version());
        }
    }
}
