/** Release ledger and app state in a database that several hosts share. Start at {@code io.procmodel.jdbc.JdbcReleaseLedgers}. */
module io.procmodel.jdbc {
    requires com.google.common;
    requires org.slf4j;
    requires transitive java.sql;
    requires transitive io.procmodel.core;
    requires transitive io.procmodel.scheduler;
    requires static transitive org.jspecify;

    exports io.procmodel.jdbc;
}
