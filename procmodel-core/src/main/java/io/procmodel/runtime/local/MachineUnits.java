package io.procmodel.runtime.local;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;

/**
 * The units in which Linux counts on this machine, from the vector that it hands to every process.
 *
 * @param pageBytes the size of a page
 * @param ticksPerSecond how many clock ticks make a second
 */
record MachineUnits(long pageBytes, long ticksPerSecond) {
    private static final MachineUnits USUAL = new MachineUnits(4096, 100);
    private static final long PAGE_SIZE = 6;
    private static final long CLOCK_TICKS = 17;

    static MachineUnits ofThisMachine() {
        try {
            byte[] vector = Files.readAllBytes(ProcFiles.PROC.resolve("self/auxv"));
            return parse(ByteBuffer.wrap(vector).order(ByteOrder.nativeOrder()));
        } catch (IOException | BufferUnderflowException e) {
            return USUAL;
        }
    }

    /** Pairs of key and value, up to a key of 0. */
    static MachineUnits parse(ByteBuffer vector) {
        MachineUnits units = USUAL;
        for (long key = vector.getLong(); key != 0; key = vector.getLong()) {
            long value = vector.getLong();
            if (key == PAGE_SIZE) {
                units = new MachineUnits(value, units.ticksPerSecond());
            } else if (key == CLOCK_TICKS) {
                units = new MachineUnits(units.pageBytes(), value);
            }
        }
        return units;
    }
}
