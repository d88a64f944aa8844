package io.procmodel.scheduler.cron;

/**
 * The numbers that a dialect accepts in a field. {@code first} to {@code last} is the cycle that {@code *} stands for;
 * {@code min} and {@code max} may add an alias, as 7 for Sunday and 24 for midnight.
 */
record Bounds(int min, int max, int first, int last, int maxStep) {
    private static final int DAYS_OF_WEEK = 7;

    static Bounds of(Grammar grammar, CronField field) {
        return switch (field) {
            case DAY_OF_WEEK -> daysOfWeek(grammar);
            case HOUR -> new Bounds(0, grammar.has(Feature.HOUR_24) ? 24 : 23, 0, 23, maxStep(grammar, field));
            default -> new Bounds(field.min(), field.max(), field.min(), field.max(), maxStep(grammar, field));
        };
    }

    private static Bounds daysOfWeek(Grammar grammar) {
        int step = maxStep(grammar, CronField.DAY_OF_WEEK);
        if (grammar.has(Feature.SUNDAY_IS_1)) {
            return new Bounds(1, DAYS_OF_WEEK, 1, DAYS_OF_WEEK, step);
        }
        return grammar.has(Feature.WEEK_BEGINS_ON_MONDAY)
                ? new Bounds(0, DAYS_OF_WEEK, 1, DAYS_OF_WEEK, step)
                : new Bounds(0, DAYS_OF_WEEK, 0, DAYS_OF_WEEK - 1, step);
    }

    private static int maxStep(Grammar grammar, CronField field) {
        if (grammar == Grammar.FUGIT) {
            return 99;
        }
        int size = field.max() - field.min() + 1;
        // Quartz bounds the step by the highest value, so that "0/60" seconds, which can only mean "0", is refused.
        return grammar == Grammar.QUARTZ && field.min() == 0 && field != CronField.DAY_OF_WEEK ? field.max() : size;
    }

    int size() {
        return last - first + 1;
    }

    /** The number within {@code first} to {@code last} that {@code value} stands for. */
    int wrap(int value) {
        return first + Math.floorMod(value - first, size());
    }

    @Override
    public String toString() {
        return min + " to " + max;
    }
}
