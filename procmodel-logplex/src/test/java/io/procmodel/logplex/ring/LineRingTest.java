package io.procmodel.logplex.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineRingTest {
    private static final int MANY_BYTES = 1 << 20;

    @Tag("C1")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 1500})
    void keepsExactlyTheNewestLines(int limit) {
        LineRing ring = new LineRing(limit, MANY_BYTES);
        for (int i = 1; i <= limit; i++) {
            append(ring, "line " + i);
        }
        assertThat(all(ring)).hasSize(limit).startsWith("1:line 1");

        append(ring, "a", "b", "c");

        assertThat(ring.first()).isEqualTo(4);
        assertThat(all(ring)).hasSize(limit).endsWith((limit + 3) + ":c");
        assertThat(all(ring).get(0)).startsWith("4:");
    }

    @Tag("C1")
    @Test
    void keepsTheNewestOfAChunkThatHoldsMoreThanTheWholeRing() {
        LineRing ring = new LineRing(3, MANY_BYTES);
        append(ring, "old");

        RingLines.cutWithHead(lines -> ring.append(0, RingLines.WEB, lines), "long line 1", "2", "3", "4", "5");

        assertThat(all(ring)).containsExactly("4:3", "5:4", "6:5");
    }

    @Tag("C1")
    @Test
    void keepsNoOlderLineBehindOneThatHadNoRoom() {
        LineRing ring = new LineRing(100, 100);
        append(ring, "x".repeat(30));

        append(ring, "y".repeat(60), "z".repeat(50));

        assertThat(all(ring)).containsExactly("3:" + "z".repeat(50));
        assertThat(ring.bytes()).isEqualTo(51);
    }

    @Tag("C1")
    @Test
    void isBoundedByBytesToo() {
        LineRing ring = new LineRing(1500, 1000);
        for (int i = 0; i < 100; i++) {
            append(ring, "x".repeat(99));
        }

        assertThat(all(ring)).hasSize(10);
        assertThat(ring.bytes()).isEqualTo(1000);
    }

    @Tag("C2")
    @Test
    void forgetsTheOldestWhenItIsMadeSmallerAndFillsUpAgainWhenLarger() {
        LineRing ring = new LineRing(5, MANY_BYTES);
        append(ring, "1", "2", "3", "4", "5", "6");

        ring.resize(2);
        assertThat(all(ring)).containsExactly("5:5", "6:6");

        ring.resize(4);
        append(ring, "7", "8", "9");
        assertThat(all(ring)).containsExactly("6:6", "7:7", "8:8", "9:9");
    }

    @Tag("C4")
    @Test
    void copiesNothingWhereThereIsNothing() {
        LineRing ring = new LineRing(5, MANY_BYTES);
        LineBatch batch = new LineBatch();

        ring.copy(1, 100, batch);
        assertThat(batch.size()).isZero();

        append(ring, "1", "2");
        ring.copy(3, 100, batch);
        assertThat(batch.size()).isZero();
        assertThat(batch.first()).isEqualTo(3);
        assertThat(batch.end()).isEqualTo(3);
    }

    @Test
    void copiesInBatchesThatAreBoundedByLines() {
        LineRing ring = new LineRing(5000, MANY_BYTES);
        String[] lines = IntStream.rangeClosed(1, 2000).mapToObj(i -> "x").toArray(String[]::new);
        append(ring, lines);
        LineBatch batch = new LineBatch();

        ring.copy(1, ring.end(), batch);

        assertThat(batch.size()).isEqualTo(LineBatch.MAX_LINES);
        assertThat(ring.startOfCopyBefore(2001, 512, MANY_BYTES)).isEqualTo(1489);
    }

    @Test
    void copiesInBatchesThatAreBoundedByBytesButNeverLessThanALine() {
        LineRing ring = new LineRing(5000, 10 * MANY_BYTES);
        append(ring, "x".repeat(600_000), "y", "z");

        assertThat(ring.startOfCopyBefore(2, 512, 1000)).isEqualTo(1);
        assertThat(ring.startOfCopyBefore(4, 512, 1000)).isEqualTo(2);
        LineBatch batch = new LineBatch();
        ring.copy(1, ring.end(), batch);
        assertThat(batch.size()).isEqualTo(1);
    }

    @Test
    void takesLittleMoreMemoryThanItsBytes() {
        ByteRing bytes = new ByteRing(4 << 20);
        for (int i = 0; i < 1500; i++) {
            if (bytes.free() < 101) {
                bytes.growFor(101);
            }
            bytes.write(new byte[101], 0, 101);
        }

        int indexBytes = 1500 * (Long.BYTES + 3 * Integer.BYTES);
        assertThat(bytes.used() + bytes.free() + indexBytes).isLessThanOrEqualTo(200_000);
    }

    @Tag("C2")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void behavesLikeAListWithALimit(long seed) {
        Random random = new Random(seed);
        int limit = 1 + random.nextInt(200);
        int byteLimit = 2000 + random.nextInt(20_000);
        LineRing ring = new LineRing(limit, byteLimit);
        List<String> model = new ArrayList<>();
        int next = 1;
        for (int round = 0; round < 500; round++) {
            if (random.nextInt(50) == 0) {
                limit = 1 + random.nextInt(200);
                ring.resize(limit);
            } else {
                String[] lines = new String[1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 20)];
                for (int i = 0; i < lines.length; i++) {
                    lines[i] = String.valueOf((char) random.nextInt(14, 256)).repeat(random.nextInt(120));
                    model.add(next++ + ":" + lines[i]);
                }
                if (random.nextBoolean()) {
                    append(ring, lines);
                } else {
                    RingLines.cutWithHead(cut -> ring.append(0, RingLines.WEB, cut), lines);
                }
            }
            while (model.size() > limit || bytes(model) > byteLimit) {
                model.remove(0);
            }
            assertThat(all(ring)).as("seed %s round %s", seed, round).isEqualTo(model);
            assertThat(ring.end()).isEqualTo(next);
        }
    }

    private static int bytes(List<String> model) {
        return model.stream()
                .mapToInt(line -> line.length() - line.indexOf(':'))
                .sum();
    }

    private static void append(LineRing ring, String... lines) {
        RingLines.cut(cut -> ring.append(0, RingLines.WEB, cut), lines);
    }

    private static List<String> all(LineRing ring) {
        List<String> lines = new ArrayList<>();
        LineBatch batch = new LineBatch();
        for (long from = ring.first(); from < ring.end(); from = batch.end()) {
            ring.copy(from, ring.end(), batch);
            lines.addAll(RingLines.numbered(batch));
        }
        return lines;
    }
}
