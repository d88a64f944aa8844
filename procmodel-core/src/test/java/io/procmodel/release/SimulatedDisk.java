package io.procmodel.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A disk in memory that forgets what was not synced, in pieces, when it crashes, and that fails on demand. Thread-safe.
 */
final class SimulatedDisk implements LedgerOpening.Disk {
    private static final int SECTOR = 32;

    private final Random random;
    private final Map<String, SimulatedFile> files = new HashMap<>();
    private int operationsUntilPowerFails = Integer.MAX_VALUE;
    private double writeFailures;
    private double forceFailures;
    private double truncateFailures;

    SimulatedDisk(long seed) {
        random = new Random(seed);
    }

    @Override
    public synchronized LedgerFile open(Path file) {
        return files.computeIfAbsent(file.getFileName().toString(), name -> new SimulatedFile());
    }

    /** From here on, writes stop half way, syncs and truncations fail, each with a probability. */
    synchronized SimulatedDisk failing(double writes, double forces, double truncations) {
        writeFailures = writes;
        forceFailures = forces;
        truncateFailures = truncations;
        return this;
    }

    /** After so many more writes, syncs and truncations, nothing works any more until {@link #crash}. */
    synchronized SimulatedDisk losingPowerAfter(int operations) {
        operationsUntilPowerFails = operations;
        return this;
    }

    /** Ends a power failure: of what was not synced, any sector may be on the disk or not. */
    synchronized void crash() {
        files.values().forEach(SimulatedFile::crash);
        operationsUntilPowerFails = Integer.MAX_VALUE;
    }

    synchronized byte[] content(String name) {
        return files.get(name).seen.clone();
    }

    /** What a file holds without the zeros that are reserved behind its end while it is open. */
    synchronized byte[] used(String name) {
        byte[] content = files.get(name).seen;
        int end = content.length;
        while (end > 0 && content[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(content, end);
    }

    /** Changes the bytes of a file, synced. */
    synchronized void alter(String name, UnaryOperator<byte[]> change) {
        SimulatedFile file = files.computeIfAbsent(name, missing -> new SimulatedFile());
        file.seen = change.apply(file.seen.clone());
        file.durable = file.seen;
        file.unsynced.clear();
    }

    private final class SimulatedFile implements LedgerFile {
        private byte[] seen = new byte[0];
        private byte[] durable = new byte[0];
        private final List<UnaryOperator<byte[]>> unsynced = new ArrayList<>();

        private void crash() {
            for (UnaryOperator<byte[]> change : unsynced) {
                if (random.nextBoolean()) {
                    durable = change.apply(durable);
                }
            }
            unsynced.clear();
            seen = durable;
        }

        private void change(UnaryOperator<byte[]> change) {
            seen = change.apply(seen);
            unsynced.add(change);
        }

        @Override
        public long length() {
            synchronized (SimulatedDisk.this) {
                return seen.length;
            }
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            synchronized (SimulatedDisk.this) {
                int count = (int) Math.max(0, Math.min(length, seen.length - position));
                if (count > 0) {
                    System.arraycopy(seen, (int) position, target, offset, count);
                }
                return count;
            }
        }

        @Override
        public void write(long position, byte[] bytes) throws IOException {
            synchronized (SimulatedDisk.this) {
                spendPower();
                boolean fails = random.nextDouble() < writeFailures;
                int length = fails ? random.nextInt(bytes.length + 1) : bytes.length;
                for (int from = 0; from < length; ) {
                    int size = isZero(bytes, from, length) ? length - from : Math.min(SECTOR, length - from);
                    put((int) position + from, Arrays.copyOfRange(bytes, from, from + size));
                    from += size;
                }
                failIf(fails, "No space left on device");
            }
        }

        private static boolean isZero(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                if (bytes[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        private void put(int at, byte[] sector) {
            change(content -> {
                byte[] changed = Arrays.copyOf(content, Math.max(content.length, at + sector.length));
                System.arraycopy(sector, 0, changed, at, sector.length);
                return changed;
            });
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (SimulatedDisk.this) {
                spendPower();
                failIf(random.nextDouble() < truncateFailures, "Input/output error");
                change(content -> Arrays.copyOf(content, (int) length));
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                spendPower();
                if (random.nextDouble() < forceFailures) {
                    crashOfPages();
                    throw new IOException("Input/output error");
                }
                durable = seen;
                unsynced.clear();
            }
        }

        /** After a failed sync the pages count as clean: what did not reach the disk never will, and is still seen. */
        private void crashOfPages() {
            byte[] present = seen;
            crash();
            seen = present;
        }

        private void spendPower() throws IOException {
            failIf(operationsUntilPowerFails <= 0, "no power");
            operationsUntilPowerFails--;
        }

        private void failIf(boolean fails, String message) throws IOException {
            if (fails) {
                throw new IOException(message);
            }
        }

        @Override
        public void close() {
            // the disk keeps its files
        }
    }
}
