/**
 * What a router says about requests: H codes, the log line of each request, error pages, counters. Open
 * {@link io.procmodel.router.report.HCode} first.
 */
@NullMarked
package io.procmodel.router.report;

import org.jspecify.annotations.NullMarked;
