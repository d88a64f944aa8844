package io.procmodel.scheduler.cron;

/** The signs by which a day field says that it does not restrict the day. */
final class DayMark {
    private DayMark() {}

    /** Whether {@code field} stands for any day in {@code grammar}. */
    static boolean matchesAny(Grammar grammar, Token field) {
        return field.is("*") || field.is("*/1") || (field.is("?") && grammar.has(Feature.NO_DAY));
    }
}
