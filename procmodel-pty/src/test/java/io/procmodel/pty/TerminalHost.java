package io.procmodel.pty;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.PlatformBuilder;
import io.procmodel.build.Source;
import java.nio.file.Path;
import java.time.Duration;

/** A program of somebody who attaches a dyno to the terminal that the program was started in, and ends as the dyno does. */
final class TerminalHost {
    private TerminalHost() {}

    /**
     * Runs it.
     *
     * @param args the home directory, the source tree, the command, and {@code pty} for terminals of pty4j
     */
    public static void main(String[] args) {
        PlatformBuilder builder = Platform.builder().home(Path.of(args[0]));
        int status;
        try (Platform platform = (args[3].equals("pty") ? builder.terminals(new PtyTerminals()) : builder).open()) {
            App shop = platform.createApp("shop");
            shop.deploy(Source.directory(Path.of(args[1])));
            status = shop.run(args[2]).inheritIo().start().await(Duration.ofMinutes(3));
        }
        System.exit(status);
    }
}
