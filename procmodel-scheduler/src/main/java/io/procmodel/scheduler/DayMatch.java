package io.procmodel.scheduler;

/** How the two day fields of a cron expression work together when both are restricted. */
public enum DayMatch {
    /** Either field is enough, as crontab(5) says; a stepped star is a restriction. The default of most dialects. */
    EITHER,
    /** Both fields must match, as in Spring. */
    BOTH,
    /** Vixie cron as it behaves: both when one of the fields begins with a star, stepped or not, and either otherwise. */
    BOTH_IF_STARRED
}
