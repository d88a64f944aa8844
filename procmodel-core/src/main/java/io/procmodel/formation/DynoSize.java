package io.procmodel.formation;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.procmodel.error.InvalidValueException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How big a dyno is. The table, the old names and the spelling are the platform's (Heroku: section 2.8, DYN-51, DYN-53).
 */
public enum DynoSize {
    /** 512 MB; sleeps when idle. */
    ECO("Eco", 512, 256, 1),
    /** 512 MB. */
    BASIC("Basic", 512, 256, 1),
    /** 512 MB; the size of a process type that was never resized. */
    STANDARD_1X("Standard-1X", 512, 256, 1),
    /** 1 GB. */
    STANDARD_2X("Standard-2X", 1024, 512, 2),
    /** 2.5 GB. */
    PERFORMANCE_M("Performance-M", 2560, 16_384, 8),
    /** 14 GB. */
    PERFORMANCE_L("Performance-L", 14 * 1024, 32_768, 16),
    /** 30 GB. */
    PERFORMANCE_L_RAM("Performance-L-RAM", 30 * 1024, 16_384, 16),
    /** 62 GB. */
    PERFORMANCE_XL("Performance-XL", 62 * 1024, 32_768, 24),
    /** 126 GB. */
    PERFORMANCE_2XL("Performance-2XL", 126 * 1024, 65_536, 48);

    private static final ImmutableMap<String, DynoSize> NAMES = ImmutableMap.<String, DynoSize>builder()
            .putAll(Maps.uniqueIndex(Arrays.asList(values()), size -> Ascii.toLowerCase(size.label)))
            .put("free", ECO)
            .put("hobby", BASIC)
            .put("1x", STANDARD_1X)
            .put("2x", STANDARD_2X)
            .put("px", PERFORMANCE_L)
            .buildOrThrow();

    private final String label;
    private final int mebibytes;
    private final int maxProcesses;
    private final int units;

    DynoSize(String label, int mebibytes, int maxProcesses, int units) {
        this.label = label;
        this.mebibytes = mebibytes;
        this.maxProcesses = maxProcesses;
        this.units = units;
    }

    /**
     * Parses a name in any case; the old names {@code free}, {@code hobby}, {@code 1X}, {@code 2X} and {@code PX} mean
     * their successors.
     *
     * @throws InvalidValueException if there is no such size
     */
    public static DynoSize of(String name) {
        DynoSize size = NAMES.get(Ascii.toLowerCase(name));
        if (size == null) {
            throw new InvalidValueException(
                    "dyno size",
                    name,
                    Arrays.stream(values()).map(known -> known.label).collect(Collectors.joining(", ")));
        }
        return size;
    }

    /** The memory that a dyno should not exceed; the platform warns (R14) before it kills. */
    public ByteSize memory() {
        return ByteSize.ofMebibytes(mebibytes);
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
        return this == ECO;
    }

    /** The name as the platform writes it, for example {@code Standard-2X}. */
    @Override
    public String toString() {
        return label;
    }
}
