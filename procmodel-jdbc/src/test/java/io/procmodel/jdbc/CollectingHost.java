package io.procmodel.jdbc;

import io.procmodel.Platform;
import io.procmodel.SlugRetention;
import io.procmodel.runtime.Isolation;
import io.procmodel.slug.FileSlugStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;

/** A host that collects slugs without a pause, until its input ends. */
public final class CollectingHost {
    private CollectingHost() {}

    /** The database's address, the home and the directory of the slugs. */
    public static void main(String[] arguments) throws IOException {
        DataSource source = JdbcChaosHost.source(arguments[0]);
        try (Platform platform = open(source, Path.of(arguments[1]), Path.of(arguments[2]))) {
            SlugRetention retention = SlugRetention.lastReleases(1).grace(Duration.ofMinutes(5));
            System.out.println("ready");
            long collected = 0;
            while (System.in.available() == 0) {
                collected += platform.collectSlugs(retention).size();
            }
            System.out.println("collected " + collected);
        }
    }

    static Platform open(DataSource source, Path home, Path slugs) {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(home)
                .ledgers(JdbcReleaseLedgers.on(source))
                .states(JdbcAppStateStore.on(source))
                .slugs(FileSlugStore.at(slugs))
                .open();
    }
}
