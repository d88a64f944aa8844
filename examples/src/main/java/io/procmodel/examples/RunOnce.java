package io.procmodel.examples;

import io.procmodel.App;
import io.procmodel.OneOffDyno;
import io.procmodel.OneOffResult;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import java.nio.file.Path;
import java.time.Duration;

/** One-off dynos: what {@code heroku run} and {@code heroku run:detached} do, and output that a program reads. */
public final class RunOnce {
    private RunOnce() {}

    /**
     * Runs it.
     *
     * @param args the home directory, the source tree, and the command to attach to this program's terminal
     */
    public static void main(String[] args) {
        try (Platform platform = Platform.builder().home(Path.of(args[0])).open()) {
            App shop = platform.createApp("shop");
            shop.deploy(Source.directory(Path.of(args[1])));

            OneOffDyno migrate =
                    shop.run("exit 3").size("2X").env("DRY_RUN", "1").detached();
            System.out.println(migrate.name() + " ended with " + migrate.await(Duration.ofMinutes(1)));

            OneOffResult result =
                    shop.run("echo $DYNO: $GREETING").env("GREETING", "hello").capture(Duration.ofMinutes(1));
            System.out.print(result.output());

            OneOffDyno session = shop.run(args[2]).inheritIo().start();
            System.out.println("the session ended with " + session.await(Duration.ofHours(1)));
        }
    }
}
