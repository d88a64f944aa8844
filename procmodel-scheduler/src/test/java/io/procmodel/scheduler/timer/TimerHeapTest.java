package io.procmodel.scheduler.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    private final TimerHeap<String> heap = new TimerHeap<>();

    @Test
    void nothingIsDueEarly() {
        heap.add(Instant.parse("2026-01-02T03:04:05.000000001Z"), "late");

        assertThat(heap.poll(Instant.parse("2026-01-02T03:04:05Z").toEpochMilli()))
                .isNull();
        assertThat(heap.poll(Instant.parse("2026-01-02T03:04:05.001Z").toEpochMilli()))
                .isEqualTo("late");
    }

    @Test
    void timesBeyondTheRangeOfMillisecondsAreItsEnds() {
        assertThat(TimerHeap.millis(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(TimerHeap.millis(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void anEntryIsCancelledOnce() {
        TimerHeap.Entry<String> entry = heap.add(5, "five");
        heap.add(6, "six");

        assertThat(heap.cancel(entry)).isTrue();
        assertThat(heap.cancel(entry)).isFalse();
        assertThat(heap.size()).isOne();
        assertThat(heap.firstDue()).isEqualTo(6);
        assertThat(heap.poll(10)).isEqualTo("six");
        assertThat(heap.firstDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void clearedEntriesCannotBeCancelled() {
        TimerHeap.Entry<String> entry = heap.add(5, "five");
        heap.clear();

        assertThat(heap.cancel(entry)).isFalse();
        assertThat(heap.poll(10)).isNull();
    }

    /** Against a sorted map of lists, through a hundred thousand random changes. */
    @Test
    void itIsASortedQueueWhateverIsAddedAndCancelled() {
        SplittableRandom random = new SplittableRandom(42);
        TimerHeap<Integer> queue = new TimerHeap<>();
        TreeMap<Long, List<Integer>> model = new TreeMap<>();
        List<TimerHeap.Entry<Integer>> entries = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int choice = random.nextInt(10);
            if (choice < 6) {
                long due = random.nextLong(1_000);
                entries.add(queue.add(due, entries.size()));
                times.add(due);
                model.computeIfAbsent(due, key -> new ArrayList<>()).add(entries.size() - 1);
            } else if (choice < 8 && !entries.isEmpty()) {
                int which = random.nextInt(entries.size());
                assertThat(queue.cancel(entries.get(which))).isEqualTo(remove(model, times.get(which), which));
            } else {
                long now = random.nextLong(200);
                Integer polled = queue.poll(now);
                if (model.isEmpty() || model.firstKey() > now) {
                    assertThat(polled).isNull();
                } else {
                    assertThat(remove(model, model.firstKey(), polled)).isTrue();
                }
            }
            assertThat(queue.firstDue()).isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.firstKey());
        }
    }

    private static boolean remove(Map<Long, List<Integer>> model, long due, Integer value) {
        List<Integer> values = model.getOrDefault(due, new ArrayList<>());
        boolean removed = values.remove(value);
        if (values.isEmpty()) {
            model.remove(due);
        }
        return removed;
    }
}
