/** The singleton clock: schedules, leases, missed runs. */
module io.procmodel.scheduler {
    requires static transitive org.jspecify;
}
