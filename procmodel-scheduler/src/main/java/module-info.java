/** The singleton clock: schedules, leases, missed runs. Start at {@code io.procmodel.scheduler.Schedule}. */
module io.procmodel.scheduler {
    requires com.google.common;
    requires transitive io.procmodel.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.procmodel.scheduler;
    exports io.procmodel.scheduler.ledger;
}
