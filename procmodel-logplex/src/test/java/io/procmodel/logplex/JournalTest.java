package io.procmodel.logplex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.log.LogStream;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal through a logplex that is opened again. A process that died is played by a copy of its files: mapped memory
 * is in the files at once.
 */
@Tag("C44")
@Timeout(180)
class JournalTest {
    private static final AppName SHOP = AppName.of("shop");
    private static final LogOrigin WEB = LogOrigin.app("web.1");

    @TempDir
    private Path directory;

    private final List<Logplex> opened = new ArrayList<>();
    private int copies;

    @AfterEach
    void tearDown() {
        opened.forEach(Logplex::close);
    }

    @Test
    void givesTheLinesBackWithTheirNumbersTimesAndOrigins() {
        Logplex first = openInStillTime(directory);
        LogSource web = first.open(SHOP, WEB);
        web.line("one");
        first.open(SHOP, LogOrigin.app("web.1").on(LogStream.STDERR)).line("two");
        web.write(bytes("\u0000\u00ff\r\nhalf"));
        List<LogEntry> before = first.channel(SHOP).recent(LogQuery.all());

        Logplex second = afterDeath();

        List<LogEntry> after = second.channel(SHOP).recent(LogQuery.all());
        assertThat(after).startsWith(before.toArray(LogEntry[]::new)).hasSize(4);
        assertThat(after.get(3).text()).isEqualTo("half");
        assertThat(after.get(3).seq()).isEqualTo(4);
        second.open(SHOP, WEB).line("three");
        assertThat(texts(second, LogQuery.all().last(1))).containsExactly("three");
        second.channel(SHOP).stats().verify();
    }

    @Test
    void keepsWhatAReaderHadTakenFromThePipeButNotHandedOn() {
        Logplex first = openInStillTime(directory);
        LogSource web = first.open(SHOP, WEB);
        ByteBuffer buffer = web.buffer(16 * 1024);
        buffer.put(bytes("one\ntwo\nbegi"));
        web.write(buffer.flip());
        buffer.clear();
        buffer.put(bytes("nning\nnever written\nlast"));

        assertThat(texts(afterDeath(), LogQuery.all()))
                .containsExactly("one", "two", "beginning", "never written", "last");
    }

    @Test
    void takesNothingTwiceThatStandsInTheJournalAndInTheReadersMemory() throws IOException {
        Logplex first = open(directory);
        LogSource web = first.open(SHOP, WEB);
        ByteBuffer buffer = web.buffer(16 * 1024);
        buffer.put(bytes("one\n"));
        web.write(buffer.flip());
        buffer.clear();
        Path stage = file(directory, "stage-");
        buffer.put(bytes("two\n"));
        byte[] beforeWrite = Files.readAllBytes(stage);
        web.write(buffer.flip());
        buffer.clear();

        Path died = copy();
        Files.write(file(died, "stage-"), beforeWrite);

        assertThat(texts(open(died), LogQuery.all())).containsExactly("one", "two");
    }

    @Test
    void takesWhatAHelperHasSaved() throws IOException {
        Logplex first = open(directory);
        LogSource web = first.open(SHOP, WEB);
        ByteBuffer buffer = web.buffer(16 * 1024);
        Path leftovers = web.leftovers().orElseThrow();
        buffer.put(bytes("one\ntw"));
        Path died = copy();
        Path part = died.resolve("shop").resolve(leftovers.getFileName() + ".part");
        assertThat(part).exists();
        Files.writeString(part.resolveSibling(leftovers.getFileName()), "o\nthree\n");
        Files.delete(part);

        Logplex second = open(died);

        assertThat(texts(second, LogQuery.all())).containsExactly("one", "two", "three");
        second.close();
        assertThat(texts(open(died), LogQuery.all())).containsExactly("one", "two", "three");
        assertThat(names(died)).noneMatch(name -> name.startsWith("stage-"));
    }

    /** On a busy machine the one who saves has not even begun when the next host looks. */
    @EnabledOnOs(OS.LINUX)
    @Test
    void waitsForAHelperThatIsStillAtIt() throws IOException {
        Logplex first = open(directory);
        LogSource web = first.open(SHOP, WEB);
        web.buffer(16 * 1024).put(bytes("one\ntw"));
        String left = web.leftovers().orElseThrow().getFileName().toString();
        Path died = copy();
        Process helper = new ProcessBuilder("sh", "-c", "sleep 3; printf 'o\\nthree\\n' >$0.part; mv $0.part $0", left)
                .directory(died.resolve("shop").toFile())
                .start();
        try {
            Files.writeString(died.resolve("shop").resolve(left + ".saver"), helper.pid() + "\n");

            assertThat(texts(open(died), LogQuery.all())).containsExactly("one", "two", "three");
        } finally {
            helper.destroyForcibly();
        }
    }

    @Test
    void leavesNoFileOfASourceThatHasEnded() {
        Logplex first = open(directory);
        LogSource web = first.open(SHOP, WEB);
        web.buffer(16 * 1024);
        assertThat(web.leftovers()).isPresent();
        assertThat(names(directory)).anyMatch(name -> name.startsWith("stage-"));

        web.close();

        assertThat(names(directory)).noneMatch(name -> name.startsWith("stage-"));
    }

    @Test
    void readsEveryLineOfManySegmentsForwardAndBackward() {
        Logplex first = open(directory);
        LogSource web = first.open(SHOP, WEB);
        LogSource worker = first.open(SHOP, LogOrigin.app("worker.1"));
        String padding = "x".repeat(500);
        for (int i = 1; i <= 12_000; i++) {
            (i % 3 == 0 ? worker : web).line(i + " " + padding);
        }
        assertThat(names(directory))
                .filteredOn(name -> name.startsWith("segment-"))
                .hasSizeBetween(3, 4);

        Logplex second = afterDeath();
        List<Integer> all = numbers(second.channel(SHOP).recent(LogQuery.all()));

        int oldest = all.get(0);
        assertThat(oldest).as("the oldest segment has gone").isBetween(1, 8000);
        assertThat(all).isEqualTo(IntStream.rangeClosed(oldest, 12_000).boxed().toList());
        try (LogSession session = second.channel(SHOP).session(LogQuery.processType("worker"))) {
            List<Integer> followed = new ArrayList<>();
            for (LogEntry entry : session) {
                followed.add(number(entry));
                if (number(entry) == 12_000) {
                    break;
                }
            }
            assertThat(followed)
                    .isEqualTo(IntStream.rangeClosed(oldest, 12_000)
                            .filter(i -> i % 3 == 0)
                            .boxed()
                            .toList());
        }
        second.channel(SHOP).stats().verify();
    }

    /** A reader far behind loses nothing that the files still have. */
    @Tag("C40")
    @Test
    void letsASlowReaderCatchUpFromTheFiles() throws InterruptedException {
        Logplex logplex = open(directory);
        LogSource web = logplex.open(SHOP, WEB);
        try (LogSession session = logplex.channel(SHOP).session(LogQuery.all())) {
            IntStream.rangeClosed(1, 5000).forEach(i -> web.line(String.valueOf(i)));
            for (int i = 1; i <= 5000; i++) {
                assertThat(session.poll(Duration.ofSeconds(60)).orElseThrow().text())
                        .isEqualTo(String.valueOf(i));
            }
            assertThat(session.stats()).isEqualTo(new SinkStats("session-1", 5000, 5000, 0, 0, 0, 0));
        }
    }

    @Test
    void goesOnWithADrainWhereItStood() throws Exception {
        Path target = directory.resolve("drained.log");
        DrainOptions options = DrainOptions.none().token("d.mine").query(LogQuery.source("app"));
        Logplex first = open(directory.resolve("j"));
        LogSource web = first.open(SHOP, WEB);
        Drain drain = first.channel(SHOP).drains().add(target.toUri().toString(), options);
        web.line("one");
        drain.flush(Duration.ofSeconds(60));
        first.close();
        Logplex second = open(directory.resolve("j"));
        second.open(SHOP, WEB).line("while it was away");

        Drain again = second.channel(SHOP).drains().add(target.toUri().toString(), options);
        again.flush(Duration.ofSeconds(60));

        assertThat(Files.readString(target)).containsSubsequence("web.1]: one\n", "while it was away\n");
        assertThat(Files.readAllLines(target)).hasSize(2);
    }

    /** Whatever is done to the files, the next start works and tells good lines only. */
    @Tag("C45")
    @Test
    void startsWhateverStateItsFilesAreIn() throws IOException {
        Logplex first = open(directory);
        LogSource web = first.open(SHOP, WEB);
        ByteBuffer buffer = web.buffer(16 * 1024);
        for (int i = 1; i <= 300; i++) {
            buffer.put(bytes("line " + i + "\n"));
            web.write(buffer.flip());
            buffer.clear();
        }
        Random random = new Random(4);
        for (int i = 0; i < 150; i++) {
            Path damaged = copy();
            damage(damaged.resolve("shop"), random);

            Logplex logplex = open(damaged);

            List<String> lines = texts(logplex, LogQuery.source("app"));
            assertThat(lines).as("damage %d", i).allMatch(line -> line.matches("line \\d+"));
            List<Integer> numbers = lines.stream()
                    .map(line -> Integer.parseInt(line.substring(5)))
                    .toList();
            assertThat(numbers).as("damage %d", i).isSorted().doesNotHaveDuplicates();
            logplex.open(SHOP, WEB).line("line 301");
            assertThat(texts(logplex, LogQuery.all().last(1))).containsExactly("line 301");
            logplex.close();
        }
    }

    @Test
    void saysInTheStreamWhatItCouldNotRead() throws IOException {
        Logplex first = open(directory);
        first.open(SHOP, WEB).line("one");
        Path died = copy();
        Path segment = file(died, "segment-");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[0] ^= 1;
        Files.write(segment, bytes);

        Logplex second = open(died);

        assertThat(texts(second, LogQuery.all()))
                .singleElement()
                .asString()
                .startsWith("Error L15 (Tail buffer temporarily unavailable): journal: segment-")
                .endsWith("is not a journal segment");
        assertThat(names(died)).anyMatch(name -> name.endsWith(".corrupt"));
    }

    @Test
    void isUsedByOneLogplexAtATime() {
        Logplex first = open(directory);

        assertThatThrownBy(() -> open(directory)).isInstanceOf(StorageException.class);

        first.close();
        open(directory);
    }

    @Test
    void isGoneWithItsApp() {
        Logplex logplex = open(directory);
        logplex.open(SHOP, WEB).line("one");

        logplex.remove("shop");

        assertThat(directory.resolve("shop")).doesNotExist();
        assertThat(texts(logplex, LogQuery.all())).isEmpty();
    }

    @Test
    void forcesToTheDiskAsOftenAsAsked() {
        for (Persistence level : List.of(Persistence.sync(), Persistence.disk(Duration.ofMillis(20)))) {
            Path place = directory.resolve(level.isSync() ? "sync" : "disk");
            Logplex logplex = Logplex.builder().journal(place, level).build();
            opened.add(logplex);
            logplex.open(SHOP, WEB).line("one");
            logplex.close();

            assertThat(texts(open(place), LogQuery.all())).containsExactly("one");
        }
    }

    @Test
    void shownAndSplitLinesComeBackAsTheyWere() {
        ManualTime time = new ManualTime();
        Logplex first = time.builder()
                .maxLineBytes(10)
                .journal(directory, Persistence.process())
                .build();
        opened.add(first);
        LogSource web = first.open(SHOP, WEB);
        web.write(bytes("Name: "));
        time.tick(Duration.ofMillis(300));
        web.write(bytes("joe\n0123456789abc\n012345678"));
        List<LogEntry> before = first.channel(SHOP).recent(LogQuery.all());
        assertThat(before).extracting(LogEntry::text).containsExactly("Name: ", "joe", "0123456789", "abc");

        Logplex second = Logplex.builder()
                .maxLineBytes(10)
                .journal(copy(), Persistence.process())
                .build();
        opened.add(second);

        assertThat(second.channel(SHOP).recent(LogQuery.all()).subList(0, 4)).isEqualTo(before);
        assertThat(texts(second, LogQuery.all().last(1))).containsExactly("012345678");
    }

    private static void damage(Path app, Random random) throws IOException {
        try (Stream<Path> all = Files.list(app)) {
            List<Path> files = all.sorted().toList();
            Path file = files.get(random.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(file);
            int used = bytes.length;
            while (used > 64 && bytes[used - 1] == 0) {
                used--;
            }
            switch (random.nextInt(5)) {
                case 0 -> Files.write(file, new byte[0]);
                case 1 -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(used)));
                case 2 -> Files.delete(file);
                case 3 -> {
                    Arrays.fill(bytes, random.nextInt(used), used, (byte) 0);
                    Files.write(file, bytes);
                }
                default -> {
                    bytes[random.nextInt(used)] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, bytes);
                }
            }
        }
    }

    private Logplex open(Path place) {
        return open(place, Logplex.builder());
    }

    /** However busy the machine is, no unfinished line is shown early. */
    private Logplex openInStillTime(Path place) {
        return open(place, new ManualTime().builder());
    }

    private Logplex open(Path place, LogplexBuilder builder) {
        Logplex logplex = builder.history(100)
                .journal(place, Persistence.process())
                .journalBytes(8 * 1024 * 1024)
                .build();
        opened.add(logplex);
        return logplex;
    }

    private Logplex afterDeath() {
        return open(copy());
    }

    private Path copy() {
        Path copy = directory.resolve("copy-" + ++copies);
        try (Stream<Path> all = Files.list(directory.resolve("shop"))) {
            Files.createDirectories(copy.resolve("shop"));
            for (Path file : all.toList()) {
                Files.copy(file, copy.resolve("shop").resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    private static Path file(Path place, String prefix) throws IOException {
        try (Stream<Path> all = Files.list(place.resolve("shop"))) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> names(Path place) {
        String[] names = place.resolve("shop").toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    private static List<String> texts(Logplex logplex, LogQuery query) {
        return logplex.channel(SHOP).recent(query).stream().map(LogEntry::text).toList();
    }

    private static List<Integer> numbers(List<LogEntry> entries) {
        return entries.stream().map(JournalTest::number).toList();
    }

    private static int number(LogEntry entry) {
        return Integer.parseInt(entry.text().substring(0, entry.text().indexOf(' ')));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
