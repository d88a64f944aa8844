/** Gauges and counters for Micrometer. Start at {@code io.procmodel.micrometer.PlatformMetrics}. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.procmodel.micrometer {
    requires transitive io.procmodel.core;
    requires transitive io.procmodel.logplex;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;

    exports io.procmodel.micrometer;
}
