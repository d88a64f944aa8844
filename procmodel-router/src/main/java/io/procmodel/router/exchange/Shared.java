package io.procmodel.router.exchange;

import io.procmodel.router.limit.Counts;
import io.procmodel.router.limit.Features;
import io.procmodel.router.limit.Times;
import io.procmodel.router.page.AppPages;
import io.procmodel.router.report.RouterLog;
import io.procmodel.router.report.Tally;
import io.procmodel.router.table.RouteTable;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all exchanges of a router share.
 *
 * @param table the apps
 * @param times how long
 * @param counts how many
 * @param features what is switched on
 * @param log where lines go
 * @param tally counters
 * @param clock what time it is
 * @param pages what visitors see in place of an app
 * @param fresh for how long after an answer a connection may take a request that must not be sent twice
 * @param grace for how long a request waits for news when all dynos that it has tried refuse it
 */
public record Shared(
        RouteTable table,
        Times times,
        Counts counts,
        Features features,
        RouterLog log,
        Tally tally,
        InstantSource clock,
        AppPages pages,
        Duration fresh,
        Duration grace) {}
