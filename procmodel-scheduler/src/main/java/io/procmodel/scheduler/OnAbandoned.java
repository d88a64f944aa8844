package io.procmodel.scheduler;

/** What happens to a run whose host died between its claim and its end. Whether it ran cannot be known. */
public enum OnAbandoned {
    /** It is reported, and not repeated. The default: rather left out than done twice. */
    REPORT,
    /** It is run again, as a further attempt at the same instant, for jobs that may run twice. */
    RERUN
}
