package io.procmodel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.App;
import io.procmodel.OneOffResult;
import io.procmodel.Platform;
import io.procmodel.addon.AddOn;
import io.procmodel.build.Source;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The add-on against a real PostgreSQL. */
class PostgresDatabasesIT {
    private static EmbeddedPostgres server;

    @TempDir
    Path directory;

    private Platform platform;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "SKIPPED: PostgreSQL's binaries are at hand for Linux on amd64");
        assumeTrue(maySwitchUser(), "SKIPPED: PostgreSQL refuses to run as root, and there is no unshare");
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    private static boolean maySwitchUser() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return true;
        }
        try {
            Process process = new ProcessBuilder("unshare", "-U", "true").start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        PostgresDatabases databases =
                new PostgresDatabases(server.getPostgresDatabase(), "127.0.0.1:" + server.getPort());
        platform = Platform.builder()
                .home(directory.resolve("home"))
                .addOnProvider(databases.provider())
                .open();
    }

    @AfterEach
    void close() {
        platform.close();
    }

    private static Connection connect(String url) throws SQLException {
        URI uri = URI.create(url);
        String[] login = uri.getUserInfo().split(":", -1);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), login[0], login[1]);
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static int count(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            return Integer.parseInt(query(connection, sql));
        }
    }

    private static int databasesAndRoles() throws SQLException {
        return count("SELECT (SELECT count(*) FROM pg_database WHERE datname LIKE 'app\\_%')"
                + " + (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'app\\_%')");
    }

    private static String url(App app) {
        return app.config().vars().asMap().get("DATABASE_URL");
    }

    @Test
    void eachAppHasADatabaseOfItsOwnUntilItIsGivenBack() throws SQLException {
        App shop = platform.createApp("shop");
        App blog = platform.createApp("blog");
        AddOn first = shop.addOns().add("postgresql:dev");
        blog.addOns().add("postgresql:dev");
        assertThat(databasesAndRoles()).isEqualTo(4);
        try (Connection connection = connect(url(shop));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INT)");
            statement.execute("INSERT INTO orders VALUES (7)");
            assertThat(query(connection, "SELECT id FROM orders")).isEqualTo("7");
        }
        String mixed =
                url(shop).replaceFirst("/app_[0-9a-f]+$", URI.create(url(blog)).getPath());
        assertThatThrownBy(() -> connect(mixed)).isInstanceOf(SQLException.class);

        shop.addOns().changePlan(first.name(), "standard");
        String role = URI.create(url(shop)).getUserInfo().split(":", -1)[0];
        assertThat(count("SELECT rolconnlimit FROM pg_roles WHERE rolname = '" + role + "'"))
                .isEqualTo(120);
        try (Connection inUse = connect(url(shop))) {
            shop.addOns().destroy(first.name());
            assertThatThrownBy(() -> query(inUse, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThat(databasesAndRoles()).isEqualTo(2);
        assertThat(shop.config().vars().isEmpty()).isTrue();
        blog.addOns().destroy(blog.addOns().list().get(0).name());
        assertThat(databasesAndRoles()).isZero();
    }

    @Test
    void aDynoFindsItsDatabaseInItsEnvironment() throws Exception {
        App shop = platform.createApp("shop");
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("Procfile"), "job: true\n");
        shop.deploy(Source.directory(source));
        AddOn made = shop.addOns().add("postgresql");
        OneOffResult result = shop.run("echo \"$DATABASE_URL\"").capture(Duration.ofSeconds(60));

        assertThat(result.output().strip()).isEqualTo(url(shop));
        shop.addOns().destroy(made.name());
        assertThat(databasesAndRoles()).isZero();
    }

    /** A release that fails for want of room gives the database back. */
    @Test
    void aFailureLeavesNothingOnTheServer() throws SQLException {
        App shop = platform.createApp("shop");
        shop.config().set(Map.of("BIG", "x".repeat(65_500)));

        assertThatThrownBy(() -> shop.addOns().add("postgresql")).hasMessageContaining("BIG");
        assertThat(databasesAndRoles()).isZero();
        assertThat(List.copyOf(platform.addOns().list())).isEmpty();
    }
}
