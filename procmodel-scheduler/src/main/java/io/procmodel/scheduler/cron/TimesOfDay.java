package io.procmodel.scheduler.cron;

/** The seconds of a day that match: sets of hours, minutes and seconds. Immutable. */
record TimesOfDay(long hours, long minutes, long seconds) {
    static final int NONE = -1;

    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    int first() {
        return Bits.first(hours) * HOUR + firstOfHour();
    }

    private int firstOfHour() {
        return Bits.first(minutes) * MINUTE + Bits.first(seconds);
    }

    /** The first match that is not before {@code second}, or {@link #NONE} on this day. */
    int atOrAfter(int second) {
        int hour = second / HOUR;
        if (Bits.has(hours, hour)) {
            int within = withinHour(second - hour * HOUR);
            if (within != NONE) {
                return hour * HOUR + within;
            }
        }
        int next = Bits.atOrAfter(hours, hour + 1);
        return next == Bits.NONE ? NONE : next * HOUR + firstOfHour();
    }

    private int withinHour(int second) {
        int minute = second / MINUTE;
        if (Bits.has(minutes, minute)) {
            int next = Bits.atOrAfter(seconds, second - minute * MINUTE);
            if (next != Bits.NONE) {
                return minute * MINUTE + next;
            }
        }
        int next = Bits.atOrAfter(minutes, minute + 1);
        return next == Bits.NONE ? NONE : next * MINUTE + Bits.first(seconds);
    }
}
