package io.procmodel.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.file.FileTree;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL for the tests of a run, which get it as a parameter. It acknowledges commits before they are on the
 * disk unless a transaction asks otherwise, as a server may be set to.
 */
public final class PostgresServer implements AutoCloseable {
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;

    private final EmbeddedPostgres server;
    private final Path directory;

    private PostgresServer(EmbeddedPostgres server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /** Starts a server of its own; tests that kill none take the shared one. */
    public static PostgresServer start() throws IOException, InterruptedException {
        assumeTrue(isLinuxOnAmd64(), "PostgreSQL's binaries are at hand for Linux on amd64");
        assumeTrue(maySwitchUser(), "PostgreSQL refuses to run as root, and there is no unshare");
        return start(Files.createTempDirectory("procmodel-postgres"));
    }

    private static PostgresServer start(Path directory) throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPort(port())
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        return new PostgresServer(server, directory);
    }

    /** A free one below those that connections get, so that none takes it before the server, which makes its files first. */
    private static int port() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                if (attempt == PORTS) {
                    throw e;
                }
            }
        }
    }

    private static boolean isLinuxOnAmd64() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
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

    /** A pool of connections to a schema that is new and empty. */
    public HikariDataSource newSchema() throws SQLException {
        return pool(newSchemaName());
    }

    /** The name of a schema that is new and empty. */
    String newSchemaName() throws SQLException {
        String schema = "s" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        return schema;
    }

    /** A pool of connections to that schema. */
    public HikariDataSource pool(String schema) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(schema));
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setPoolName(schema);
        return new HikariDataSource(config);
    }

    /** What another process connects with. */
    public String url(String schema) {
        return server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema;
    }

    /** What another process connects to the same schema with. */
    String url(HikariDataSource pool) {
        return url(pool.getPoolName());
    }

    /** SIGKILL for its first process, or for all of them. */
    void kill(boolean all) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
        ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> others = first.children().toList();
        first.destroyForcibly();
        if (all) {
            others.forEach(ProcessHandle::destroyForcibly);
        }
        first.onExit().join();
        others.forEach(other -> other.onExit().join());
    }

    /** The same data under a new server, after {@link #kill}. */
    PostgresServer restarted() throws IOException {
        Files.deleteIfExists(directory.resolve("postmaster.pid"));
        server.close(); // finds nothing to stop, and gives its claim on the directory back
        return start(directory);
    }

    @Override
    public void close() throws IOException {
        server.close();
        FileTree.delete(directory);
    }

    /** Gives the server of the run to tests that ask for it; it ends with the run. */
    public static final class Shared implements BeforeAllCallback, ParameterResolver {
        private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(PostgresServer.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            server(context);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == PostgresServer.class;
        }

        @Override
        public PostgresServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return server(context);
        }

        private static PostgresServer server(ExtensionContext context) {
            return context.getRoot()
                    .getStore(OURS)
                    .computeIfAbsent(PostgresServer.class, key -> startUnchecked(), PostgresServer.class);
        }

        private static PostgresServer startUnchecked() {
            try {
                return start();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("PostgreSQL does not start", e);
            }
        }
    }
}
