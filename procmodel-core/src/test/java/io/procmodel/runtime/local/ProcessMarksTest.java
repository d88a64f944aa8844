package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By what a process is told from others: its cookie, and its start. */
class ProcessMarksTest {
    private static final String TAIL = " 10 1 2 3 4 5 6 7 8 9 11 12 13 14 15 16 17 18 4711 20 21 22 23";

    @TempDir
    Path directory;

    private final Cookie cookie = Cookie.bake();

    @Test
    void anEnvironmentTellsTheDyno() {
        String variable = Cookie.NAME + "=" + cookie.of(12);

        assertThat(cookie.dyno("A=b\0" + variable + "\0C=d\0")).isEqualTo(OptionalLong.of(12));
        assertThat(cookie.dyno(variable)).isEqualTo(OptionalLong.of(12));
        assertThat(cookie.dyno("")).isEmpty();
        assertThat(cookie.dyno("A=b\0" + variable + "x\0")).isEmpty();
        assertThat(Cookie.bake().dyno(variable)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "a b", "x) S 1 1 1", "(", "))"})
    void aProcessNameMayHoldAnything(String name) {
        assertThat(ProcessStat.parse(5, "5 (" + name + ") S" + TAIL))
                .hasValueSatisfying(stat -> assertThat(stat).isEqualTo(new ProcessStat(5, 10, 1, 2, 23, 4711, 21)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5 (sh) Z" + TAIL, "5 (sh) X" + TAIL, "5 (sh) S 1 2 3"})
    void whatHasEndedOrIsCutShortIsNoProcess(String line) {
        assertThat(ProcessStat.parse(5, line)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessOfTheSameIdWithAnotherStartIsAStranger() throws IOException {
        ProcFiles files = new ProcFiles();
        Path file = directory.resolve("1");
        long self = ProcessHandle.current().pid();

        PidFile.write(file, self, ProcFiles.bootId());
        PidFile mine = PidFile.read(file).orElseThrow();

        assertThat(mine.isAlive(files)).isTrue();
        assertThat(new PidFile(self, mine.boot(), mine.start() - 1).isAlive(files))
                .isFalse();
        assertThat(new PidFile(self, "another boot", mine.start()).isAlive(files))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "12 boot 47", "x boot 47\n", "12 boot 47 more\n"})
    void aFileThatIsNotWholeTellsNothing(String content) throws IOException {
        assertThat(PidFile.read(Files.writeString(directory.resolve("1"), content)))
                .isEmpty();
    }

    @Test
    void aRollupGivesProportionalShares() {
        assertThat(MemoryShare.parse("""
                        5581 rollup
                        Rss:                1908 kB
                        Pss:                 283 kB
                        Pss_Anon:             96 kB
                        Swap:                 12 kB
                        SwapPss:               4 kB
                        """)).contains(new MemoryShare(283 * 1024, 4 * 1024));
        assertThat(MemoryShare.parse("")).isEmpty();
    }

    @Test
    void theMachineTellsItsUnits() {
        ByteBuffer vector = ByteBuffer.allocate(64);
        for (long word : new long[] {6, 16_384, 17, 250, 0, 0}) {
            vector.putLong(word);
        }

        assertThat(MachineUnits.parse(vector.flip())).isEqualTo(new MachineUnits(16_384, 250));
    }
}
