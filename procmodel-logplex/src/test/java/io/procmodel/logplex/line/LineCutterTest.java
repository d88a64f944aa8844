package io.procmodel.logplex.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LinePart;
import io.procmodel.logplex.line.CutLinesCollector.Collected;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineCutterTest {
    private static final int HEROKU_LIMIT = 10_000;

    /** LOG-2. */
    @Tag("C14")
    @Tag("C15")
    @ParameterizedTest
    @CsvSource({
        "9999, 1",
        "10000, 1",
        "10001, 2",
        "19999, 2",
        "20000, 2",
        "20001, 3",
        "100000, 10",
        "5000001, 501",
    })
    void cutsALongLineIntoPiecesThatGiveItBack(int length, int parts) {
        String line = randomLine(length);

        for (String lineEnd : List.of("\n", "\r\n")) {
            List<Collected> pieces = cut(HEROKU_LIMIT, line + lineEnd + "next\n", 16 * 1024);

            assertThat(pieces).hasSize(parts + 1).last().isEqualTo(Collected.whole("next"));
            assertThat(joined(pieces.subList(0, parts))).isEqualTo(line);
            assertThat(pieces).allMatch(piece -> piece.content().length() <= HEROKU_LIMIT);
        }
    }

    @Tag("C15")
    @Test
    void marksThePartsOfALongLine() {
        assertThat(cut(3, "abcdefgh\nabc\n", 100))
                .containsExactly(
                        new Collected("abc", LinePart.FIRST),
                        new Collected("def", LinePart.MIDDLE),
                        new Collected("gh", LinePart.LAST),
                        Collected.whole("abc"));
    }

    @Tag("C16")
    @Test
    void keepsEmptyLinesAndTheLastLineWithoutLineFeed() {
        assertThat(cut(HEROKU_LIMIT, "\n\na\r\n\r\nb", 100))
                .extracting(Collected::content)
                .containsExactly("", "", "a", "", "b");
    }

    @Tag("C16")
    @Test
    void keepsEveryByteThatIsNotALineEnd() {
        StringBuilder everyByte = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            everyByte.append(c == '\n' ? '.' : c);
        }

        assertThat(cut(HEROKU_LIMIT, everyByte + "\n" + everyByte, 7))
                .containsExactly(Collected.whole(everyByte.toString()), Collected.whole(everyByte.toString()));
    }

    @Tag("C16")
    @Test
    void keepsCarriageReturnsThatAreNotBeforeALineFeed() {
        assertThat(cut(HEROKU_LIMIT, "10%\r20%\r\r\nend\r", 1))
                .extracting(Collected::content)
                .containsExactly("10%\r20%\r", "end\r");
    }

    @Tag("C16")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void keepsACharacterWholeThatSpansTwoChunks(int chunk) {
        String text = "größe €𝄞\n";

        List<Collected> pieces = cut(HEROKU_LIMIT, new String(text.getBytes(UTF_8), ISO_8859_1), chunk);

        assertThat(new String(pieces.get(0).content().getBytes(ISO_8859_1), UTF_8))
                .isEqualTo("größe €𝄞");
    }

    /** Every text of up to 7 of these characters, cut at every one of its places, with limits around its length. */
    @Tag("C17")
    @Test
    void cutsTheSameLinesHoweverTheBytesWereSplitInTwo() {
        for (String text : allTexts("a\r\n", 7)) {
            for (int limit = 1; limit <= 4; limit++) {
                List<Collected> expected = model(limit, text);
                for (int split = 0; split <= text.length(); split++) {
                    CutLinesCollector collector = new CutLinesCollector();
                    LineCutter cutter = new LineCutter(limit, collector);
                    cutter.write(bytes(text.substring(0, split)));
                    cutter.write(bytes(text.substring(split)));
                    cutter.end();
                    assertThat(collector.pieces())
                            .as("%s split at %s, limit %s", escaped(text), split, limit)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Tag("C17")
    @Test
    void cutsTheSameLinesOfThreeLinesAtEverySplitPosition() {
        String text = "first line\r\n\u00e2\u0082\u00ac second\nthe third, unfinished";
        List<Collected> expected = model(HEROKU_LIMIT, text);

        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                CutLinesCollector collector = new CutLinesCollector();
                LineCutter cutter = new LineCutter(HEROKU_LIMIT, collector);
                cutter.write(bytes(text.substring(0, first)));
                cutter.write(bytes(text.substring(first, second)));
                cutter.write(bytes(text.substring(second)));
                cutter.end();
                assertThat(collector.pieces()).isEqualTo(expected).hasSize(3);
            }
        }
    }

    @Tag("C17")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cutsLikeTheModelInRandomChunksOfBothKindsOfBuffers(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int limit = 1 + random.nextInt(40);
            String text = randomText(random, random.nextInt(2000));
            CutLinesCollector collector = new CutLinesCollector();
            LineCutter cutter = new LineCutter(limit, collector);
            for (int from = 0; from < text.length(); ) {
                int to = Math.min(text.length(), from + random.nextInt(100));
                ByteBuffer chunk = bytes(text.substring(from, to));
                cutter.write(random.nextBoolean() ? chunk : direct(chunk));
                from = to;
            }
            cutter.end();
            assertThat(collector.pieces()).as("seed %s round %s", seed, round).isEqualTo(model(limit, text));
        }
    }

    @Test
    void handsOnEachChunkInOneAppend() {
        CutLinesCollector collector = new CutLinesCollector();
        LineCutter cutter = new LineCutter(HEROKU_LIMIT, collector);

        cutter.write(bytes("one\ntwo\nthr"));
        cutter.write(bytes("ee\nfour\nfi"));

        assertThat(collector.appends()).isEqualTo(2);
        assertThat(collector.pieces()).hasSize(4);
    }

    @Test
    void consumesTheChunkAndLeavesWhatIsOutsideAlone() {
        ByteBuffer chunk = bytes("before|in\nside|after");
        chunk.position(7).limit(14);
        CutLinesCollector collector = new CutLinesCollector();
        LineCutter cutter = new LineCutter(HEROKU_LIMIT, collector);

        cutter.write(chunk);
        cutter.end();

        assertThat(chunk.position()).isEqualTo(14);
        assertThat(collector.pieces()).containsExactly(Collected.whole("in"), Collected.whole("side"));
    }

    @Tag("C18")
    @Test
    void showsAPromptAndGoesOnBehindIt() {
        CutLinesCollector collector = new CutLinesCollector();
        LineCutter cutter = new LineCutter(HEROKU_LIMIT, collector);

        cutter.write(bytes("name? "));
        cutter.showPending();
        cutter.showPending();
        cutter.write(bytes("Ada\nok\n"));

        assertThat(collector.pieces())
                .containsExactly(
                        new Collected("name? ", LinePart.FIRST),
                        new Collected("Ada", LinePart.LAST),
                        Collected.whole("ok"));
    }

    @Tag("C18")
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void addsNothingWhenAShownLineOnlyEnds(String lineEnd) {
        CutLinesCollector collector = new CutLinesCollector();
        LineCutter cutter = new LineCutter(HEROKU_LIMIT, collector);

        cutter.write(bytes("done"));
        cutter.showPending();
        cutter.write(bytes(lineEnd + lineEnd + "x" + lineEnd));

        assertThat(collector.pieces())
                .containsExactly(new Collected("done", LinePart.FIRST), Collected.whole(""), Collected.whole("x"));
    }

    @Tag("C18")
    @Test
    void keepsACarriageReturnBackThatMayBelongToTheLineEnd() {
        CutLinesCollector collector = new CutLinesCollector();
        LineCutter cutter = new LineCutter(HEROKU_LIMIT, collector);

        cutter.write(bytes("50%\r"));
        cutter.showPending();
        cutter.write(bytes("60%\r"));
        cutter.showPending();
        cutter.write(bytes("\n"));

        assertThat(collector.pieces())
                .containsExactly(new Collected("50%", LinePart.FIRST), new Collected("\r60%", LinePart.MIDDLE));
    }

    @Tag("C18")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void losesNoByteHoweverOftenUnfinishedLinesAreShown(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String text = randomText(random, random.nextInt(500)) + "\n";
            CutLinesCollector collector = new CutLinesCollector();
            LineCutter cutter = new LineCutter(1 + random.nextInt(20), collector);
            for (int i = 0; i < text.length(); i++) {
                cutter.write(bytes(text.substring(i, i + 1)));
                if (random.nextInt(4) == 0) {
                    cutter.showPending();
                }
            }
            cutter.end();
            assertThat(lines(collector.pieces()))
                    .as("seed %s round %s", seed, round)
                    .isEqualTo(lines(text));
        }
    }

    private static List<Collected> cut(int limit, String text, int chunk) {
        CutLinesCollector collector = new CutLinesCollector();
        LineCutter cutter = new LineCutter(limit, collector);
        for (int from = 0; from < text.length(); from += chunk) {
            cutter.write(bytes(text.substring(from, Math.min(text.length(), from + chunk))));
        }
        cutter.end();
        return collector.pieces();
    }

    /** The rules of a line, said as plainly as possible. */
    private static List<Collected> model(int limit, String text) {
        List<Collected> pieces = new ArrayList<>();
        for (String line : lines(text)) {
            for (int from = 0; from == 0 || from < line.length(); from += limit) {
                int to = Math.min(line.length(), from + limit);
                pieces.add(new Collected(line.substring(from, to), LinePart.of(from == 0, to == line.length())));
            }
        }
        return pieces;
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.remove(lines.size() - 1);
        lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (!last.isEmpty()) {
            lines.add(last);
        }
        return lines;
    }

    private static List<String> lines(List<Collected> pieces) {
        List<String> lines = new ArrayList<>();
        for (Collected piece : pieces) {
            if (piece.part().startsLine()) {
                lines.add(piece.content());
            } else {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + piece.content());
            }
        }
        return lines;
    }

    private static String joined(List<Collected> pieces) {
        assertThat(lines(pieces)).hasSize(1);
        return lines(pieces).get(0);
    }

    private static List<String> allTexts(String alphabet, int maxLength) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < maxLength; i++) {
            for (int c = 0; c < alphabet.length(); c++) {
                texts.add(texts.get(i) + alphabet.charAt(c));
            }
        }
        return texts;
    }

    private static String randomLine(int length) {
        Random random = new Random(length);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < length; i++) {
            line.append((char) ('a' + random.nextInt(26)));
        }
        return line.toString();
    }

    private static String randomText(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int dice = random.nextInt(20);
            text.append(dice == 0 ? '\n' : dice == 1 ? '\r' : (char) random.nextInt(256));
        }
        return text.toString();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    private static ByteBuffer direct(ByteBuffer chunk) {
        return ByteBuffer.allocateDirect(chunk.remaining()).put(chunk).flip();
    }

    private static String escaped(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
