package io.procmodel.formation;

import com.google.common.base.Ascii;
import io.procmodel.error.InvalidValueException;
import java.util.regex.Pattern;

/**
 * How big a dyno is. The constants, the old names and the spelling are the platform's (Heroku: section 2.8, DYN-51, DYN-53); a
 * host defines its own ones with {@link #custom} and gives them to its platform. Two sizes are equal if their names are, in any
 * case. Immutable.
 */
public final class DynoSize {
    /** 512 MB; sleeps when idle. */
    public static final DynoSize ECO = heroku("Eco", 512, 256, 1);
    /** 512 MB. */
    public static final DynoSize BASIC = heroku("Basic", 512, 256, 1);
    /** 512 MB; the size of a process type that was never resized. */
    public static final DynoSize STANDARD_1X = heroku("Standard-1X", 512, 256, 1);
    /** 1 GB. */
    public static final DynoSize STANDARD_2X = heroku("Standard-2X", 1024, 512, 2);
    /** 2.5 GB. */
    public static final DynoSize PERFORMANCE_M = heroku("Performance-M", 2560, 16_384, 8);
    /** 14 GB. */
    public static final DynoSize PERFORMANCE_L = heroku("Performance-L", 14 * 1024, 32_768, 16);
    /** 30 GB. */
    public static final DynoSize PERFORMANCE_L_RAM = heroku("Performance-L-RAM", 30 * 1024, 16_384, 16);
    /** 62 GB. */
    public static final DynoSize PERFORMANCE_XL = heroku("Performance-XL", 62 * 1024, 32_768, 24);
    /** 126 GB. */
    public static final DynoSize PERFORMANCE_2XL = heroku("Performance-2XL", 126 * 1024, 65_536, 48);

    private static final Pattern NAME = Pattern.compile("[\\w-]{1,40}");

    private final String label;
    private final ByteSize memory;
    private final int maxProcesses;
    private final int units;
    private final boolean defined;

    private DynoSize(String label, ByteSize memory, int maxProcesses, int units, boolean defined) {
        this.label = label;
        this.memory = memory;
        this.maxProcesses = maxProcesses;
        this.units = units;
        this.defined = defined;
    }

    private static DynoSize heroku(String label, int mebibytes, int maxProcesses, int units) {
        return new DynoSize(label, ByteSize.ofMebibytes(mebibytes), maxProcesses, units, true);
    }

    /**
     * Parses the name of one of the platform's sizes in any case; the old names {@code free}, {@code hobby}, {@code 1X},
     * {@code 2X} and {@code PX} mean their successors. A host's own sizes are found by {@link DynoSizes#of}.
     *
     * @throws InvalidValueException if there is no such size
     */
    public static DynoSize of(String name) {
        return DynoSizes.HEROKU.of(name);
    }

    /**
     * A size of the host's own, an hour of which uses one dyno hour.
     *
     * @param name up to 40 letters, digits, {@code _} and {@code -}
     * @param memory what a dyno should not exceed, more than nothing
     * @param maxProcesses how many processes and threads it may have, at least 1
     * @throws InvalidValueException if one of them is not like that
     */
    public static DynoSize custom(String name, ByteSize memory, int maxProcesses) {
        checkName(name);
        if (memory.bytes() == 0) {
            throw new InvalidValueException("memory of dyno size " + name, memory.toString(), "more than nothing");
        }
        if (maxProcesses < 1) {
            throw new InvalidValueException(
                    "processes of dyno size " + name, Integer.toString(maxProcesses), "at least 1");
        }
        return new DynoSize(name, memory, maxProcesses, 1, true);
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException("dyno size", name, "1 to 40 letters, digits, _ and -");
        }
    }

    /** Stands for a size that is stored and that this host does not define (any more). */
    static DynoSize undefined(String name) {
        checkName(name);
        return new DynoSize(name, STANDARD_1X.memory, STANDARD_1X.maxProcesses, STANDARD_1X.units, false);
    }

    /**
     * The same size, an hour of which uses so many dyno hours.
     *
     * @throws InvalidValueException if {@code units} is less than 1
     */
    public DynoSize withUnits(int units) {
        if (units < 1) {
            throw new InvalidValueException("units of dyno size " + label, Integer.toString(units), "at least 1");
        }
        return new DynoSize(label, memory, maxProcesses, units, defined);
    }

    /** The memory that a dyno should not exceed; the platform warns (R14) before it kills. */
    public ByteSize memory() {
        return memory;
    }

    /** How many processes and threads a dyno may have, sleeping ones included (Heroku: DYN-52). */
    public int maxProcesses() {
        return maxProcesses;
    }

    /** How many dyno hours one hour of it uses: 2 for a 2X, 16 for what was a PX (Heroku: DYN-80), others by their price. */
    public int units() {
        return units;
    }

    /** Whether an idle web dyno of this size is put to sleep. */
    public boolean sleeps() {
        return equals(ECO);
    }

    /**
     * Whether this host knows the size. One that it does not, which was stored when it still did, keeps its name and has the
     * limits of {@link #STANDARD_1X}.
     */
    public boolean isDefined() {
        return defined;
    }

    String key() {
        return Ascii.toLowerCase(label);
    }

    @Override
    public boolean equals(Object other) {
        return other == this || (other instanceof DynoSize size && key().equals(size.key()));
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    /** The name as the platform writes it, for example {@code Standard-2X}. */
    @Override
    public String toString() {
        return label;
    }
}
