package io.procmodel;

import io.procmodel.build.Source;
import java.nio.file.Path;
import java.time.Duration;

/** The host program that {@link KilledHoursIT} kills: it runs two dynos and prints what they have used, over and over. */
public final class KilledHoursHost {
    private KilledHoursHost() {}

    /**
     * Runs until it is killed.
     *
     * @param args the home and the source
     */
    public static void main(String[] args) throws InterruptedException {
        Platform platform = Platform.builder().home(Path.of(args[0])).open();
        App shop = platform.createApp("shop");
        shop.deploy(Source.directory(Path.of(args[1])));
        shop.formation().scale("worker=2");
        shop.dynos().awaitUp(Duration.ofSeconds(60));
        while (true) {
            System.out.println("used " + shop.usage().used().toMillis());
            Thread.sleep(100);
        }
    }
}
