package io.procmodel.dyno;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.ByteSize;
import java.time.Duration;

/**
 * What all processes of a dyno use together, at one moment.
 *
 * @param memory their share of the machine's memory, swapped pages included: a page that several processes share counts
 *     once in total; what a quota is held against (R14, R15)
 * @param resident the part of it that is in main memory
 * @param swapped the part of it that is swapped out
 * @param processes how many processes there are
 * @param cpu the processor time of those processes since their starts
 */
public record DynoUsage(ByteSize memory, ByteSize resident, ByteSize swapped, int processes, Duration cpu) {
    /**
     * Checks the figures.
     *
     * @throws InvalidValueException if {@code processes} is negative
     */
    public DynoUsage {
        requireNonNull(memory, "memory");
        requireNonNull(resident, "resident");
        requireNonNull(swapped, "swapped");
        requireNonNull(cpu, "cpu");
        if (processes < 0) {
            throw new InvalidValueException("processes", Integer.toString(processes), "at least 0");
        }
    }
}
