/** One ordered, bounded, counted stream of log lines per app. Start at {@code io.procmodel.logplex.Logplex}. */
module io.procmodel.logplex {
    requires transitive io.procmodel.core;
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;
    requires com.fasterxml.jackson.core;
    requires java.net.http;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.procmodel.logplex;
    exports io.procmodel.logplex.format;
    exports io.procmodel.logplex.logback;
}
