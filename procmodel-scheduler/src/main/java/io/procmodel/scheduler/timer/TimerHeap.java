package io.procmodel.scheduler.timer;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of entries by time, in two arrays, because clocks hold hundreds of thousands of them: 36 bytes an entry,
 * and an entry knows its place, so that it can be cancelled in O(log n). Times are milliseconds since 1970, rounded up:
 * nothing is due early. Not thread-safe.
 *
 * @param <T> what is due
 */
public final class TimerHeap<T> {
    private static final int FIRST_CAPACITY = 16;

    /** From here on growing by a quarter wastes less than it copies. */
    private static final int LARGE = 1 << 17;

    private static final int OUT = -1;

    private long[] times = new long[FIRST_CAPACITY];
    private @Nullable Entry<T>[] entries = newEntries(FIRST_CAPACITY);
    private int size;

    /**
     * One thing in the heap, or that was.
     *
     * @param <T> what is due
     */
    public static final class Entry<T> {
        private final T value;
        private int place;

        private Entry(T value, int place) {
            this.value = value;
            this.place = place;
        }

        /** What is due. */
        public T value() {
            return value;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> @Nullable Entry<T>[] newEntries(int length) {
        return new Entry[length];
    }

    /** The first whole millisecond at or after an instant; times beyond its range are the end of the range. */
    public static long millis(Instant instant) {
        try {
            long millis = instant.toEpochMilli();
            return Instant.ofEpochMilli(millis).equals(instant) ? millis : millis + 1;
        } catch (ArithmeticException e) {
            return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    /** Adds something that is due at an instant. */
    public Entry<T> add(Instant due, T value) {
        return add(millis(due), value);
    }

    /** Adds something that is due at a time. */
    public Entry<T> add(long due, T value) {
        if (size == times.length) {
            int larger = size < LARGE ? 2 * size : size + (size >> 2);
            times = Arrays.copyOf(times, larger);
            entries = Arrays.copyOf(entries, larger);
        }
        Entry<T> entry = new Entry<>(value, size);
        rise(size++, due, entry);
        return entry;
    }

    /** How many are in it. */
    public int size() {
        return size;
    }

    /** When the first is due; {@link Long#MAX_VALUE} if there is none. */
    public long firstDue() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    /** Takes out the first one that is due at a time, or null if none is. */
    public @Nullable T poll(long now) {
        if (size == 0 || times[0] > now) {
            return null;
        }
        Entry<T> first = at(0);
        remove(0);
        return first.value;
    }

    /** Takes an entry out; false if it is out already. */
    public boolean cancel(Entry<T> entry) {
        if (entry.place == OUT) {
            return false;
        }
        remove(entry.place);
        return true;
    }

    /** Takes all out. */
    public void clear() {
        for (int place = 0; place < size; place++) {
            at(place).place = OUT;
            entries[place] = null;
        }
        size = 0;
    }

    private Entry<T> at(int place) {
        Entry<T> entry = entries[place];
        if (entry == null) {
            throw new IllegalStateException("timer heap: nothing at " + place + " of " + size);
        }
        return entry;
    }

    private void remove(int place) {
        at(place).place = OUT;
        size--;
        Entry<T> last = at(size);
        long due = times[size];
        entries[size] = null;
        if (place < size) {
            if (place > 0 && due < times[parent(place)]) {
                rise(place, due, last);
            } else {
                sink(place, due, last);
            }
        }
    }

    private static int parent(int place) {
        return (place - 1) >> 1;
    }

    private void rise(int from, long due, Entry<T> entry) {
        int place = from;
        while (place > 0) {
            int parent = parent(place);
            long above = times[parent];
            if (due >= above) {
                break;
            }
            put(place, above, at(parent));
            place = parent;
        }
        put(place, due, entry);
    }

    private void sink(int from, long due, Entry<T> entry) {
        int place = from;
        int child = 2 * place + 1;
        while (child < size) {
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (due <= times[child]) {
                break;
            }
            put(place, times[child], at(child));
            place = child;
            child = 2 * place + 1;
        }
        put(place, due, entry);
    }

    private void put(int place, long due, Entry<T> entry) {
        times[place] = due;
        entries[place] = entry;
        entry.place = place;
    }
}
