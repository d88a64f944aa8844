package io.procmodel.scheduler.cron;

/** One thing in which cron dialects differ. */
enum Feature {
    /** {@code @daily} and its kin. */
    MACROS,
    /** {@code ?} in a day field, the same as {@code *}. */
    NO_DAY,
    /** Exactly one day field must be {@code ?}. */
    NO_DAY_REQUIRED,
    /** {@code 22-3} runs over the end of the field. */
    WRAPPING_RANGES,
    /** {@code /5} for {@code *}{@code /5}. */
    BARE_STEP,
    /** {@code 24} in the hour field is midnight. */
    HOUR_24,
    /** Days of week are 1 to 7 from Sunday, not 0 to 7. */
    SUNDAY_IS_1,
    /** {@code *}{@code /2} in the day of week counts from Monday, not from Sunday. */
    WEEK_BEGINS_ON_MONDAY,
    /** A lone {@code L} in the day of week is Saturday. */
    SATURDAY_IS_L,
    /** {@code 5L}, {@code L} and {@code 5#2} stand alone in the day of week. */
    SINGLE_WEEKDAY_RULE,
    /** {@code 5L}: the last one of the month. */
    LAST_OF_WEEKDAY,
    /** {@code L} in one day field rules out {@code nL} in the other. */
    ONE_LAST_DAY,
    /** {@code L-3}: three days before the last. */
    LAST_OFFSET,
    /** {@code L-3}, but neither {@code L-3W} nor {@code L-0}. */
    LAST_OFFSET_ALONE,
    /** {@code 15W}, {@code LW}: the weekday nearest to a day of the same month. */
    NEAREST_WEEKDAY,
    /** The weekday nearest to a Sunday is the Monday after it, or none if the month ends. */
    SUNDAY_ONLY_FORWARD,
    /** {@code -2}: the last day but one; also at the end of a range, {@code 25-L}, {@code -4-L}. */
    DAYS_FROM_LAST,
    /** {@code mon#-1}, {@code mon#last}. */
    NTH_FROM_LAST,
    /** {@code mon%2+1}: every second week, counted from the Monday 2018-12-31. */
    WEEK_MODULO,
    /** A {@code &} after a day field: both day fields must match. */
    DAY_AND,
    /** Both day fields must always match. */
    BOTH_DAY_FIELDS_MUST_MATCH,
    /** A date that no year has is refused. */
    NEVER_IS_AN_ERROR
}
