/**
 * The cron engine: text of any dialect in, matching local times and instants out; knows nothing of jobs. Not exported.
 * Open {@link io.procmodel.scheduler.cron.CronExpression} first.
 */
@NullMarked
package io.procmodel.scheduler.cron;

import org.jspecify.annotations.NullMarked;
