package io.procmodel.examples;

import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRequest;
import io.procmodel.addon.AddOnResource;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A real add-on: databases on a PostgreSQL server. Each order gets a database and a role of its own, which owns it and which
 * no other role may connect to; both are dropped when the add-on is given back.
 */
public final class PostgresDatabases {
    /** Plans and how many connections they allow. */
    private static final Map<String, Integer> CONNECTIONS = Map.of("dev", 20, "standard", 120);

    private final DataSource server;
    private final String hostAndPort;
    private final SecureRandom random = new SecureRandom();

    /**
     * Databases on a server.
     *
     * @param server connections as a role that may make roles and databases
     * @param hostAndPort where apps reach the server, for example {@code db.example.com:5432}
     */
    public PostgresDatabases(DataSource server, String hostAndPort) {
        this.server = server;
        this.hostAndPort = hostAndPort;
    }

    /** The provider for {@code Platform.builder().addOnProvider(…)}: {@code postgresql:dev}, {@code postgresql:standard}. */
    public AddOnProvider provider() {
        return AddOnProvider.named("postgresql")
                .configPrefix("DATABASE")
                .plan("dev", this::create)
                .plan("standard", this::create)
                .changePlan(this::limit)
                .deprovision(resource -> drop(name(resource.id())));
    }

    /** The same order may come twice, after a crash: it begins anew then. */
    private AddOnResource create(AddOnRequest request) {
        String name = name(request.uuid());
        String password = password();
        drop(name);
        execute(
                "CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "' CONNECTION LIMIT "
                        + CONNECTIONS.get(request.plan()),
                "CREATE DATABASE " + name + " OWNER " + name,
                "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
        return AddOnResource.of("DATABASE_URL", "postgres://" + name + ":" + password + "@" + hostAndPort + "/" + name)
                .id(request.uuid())
                .message("Database " + name + " has been created and is available");
    }

    private AddOnResource limit(AddOnResource resource, String plan) {
        execute("ALTER ROLE " + name(resource.id()) + " CONNECTION LIMIT " + CONNECTIONS.get(plan));
        return resource;
    }

    private void drop(String name) {
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "DROP ROLE IF EXISTS " + name);
    }

    /** A name that needs no quotes: the uuid alone decides it, so that what was never finished can be found and dropped. */
    private static String name(String uuid) {
        return "app_" + uuid.replaceAll("[^0-9a-f]", "");
    }

    private String password() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void execute(String... statements) {
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            // without the statement, which may hold a password
            throw new IllegalStateException("PostgreSQL refused, SQL state " + e.getSQLState());
        }
    }
}
