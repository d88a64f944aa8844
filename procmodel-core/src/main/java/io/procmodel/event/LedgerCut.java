package io.procmodel.event;

import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * The end of an app's release ledger was cut off when it was opened, because a write had been interrupted there. Only a
 * listener given to the platform's builder hears of it, because apps are opened before the platform is there.
 *
 * @param app the app
 * @param offset where the log ends now, in bytes
 * @param bytes how many bytes were cut off
 * @param lost how many acknowledged records are missing: 0 unless the disk did not keep what it had confirmed
 * @param at when
 */
public record LedgerCut(AppName app, long offset, long bytes, long lost, Instant at) implements AppEvent {}
