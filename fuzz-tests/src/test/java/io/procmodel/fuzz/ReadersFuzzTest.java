package io.procmodel.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import io.procmodel.formation.Formation;
import io.procmodel.formation.UnnamedTypes;
import io.procmodel.procfile.DotEnv;
import io.procmodel.procfile.Interpolation;
import io.procmodel.procfile.ProcessType;
import io.procmodel.procfile.Procfile;
import io.procmodel.procfile.ProcfileDialect;
import io.procmodel.procfile.ProcfileException;
import io.procmodel.procfile.Severity;
import java.util.List;

/** Whatever the text: it is read and kept, or refused with an error of ours that says why. */
class ReadersFuzzTest {
    private static final List<ProcessType> TYPES = List.of(
            new ProcessType("web", "run"), new ProcessType("worker", "run"), new ProcessType("release", "migrate"));

    @FuzzTest(maxDuration = "2m")
    void procfiles(@NotNull String text) {
        for (ProcfileDialect dialect : ProcfileDialect.values()) {
            boolean sound = Procfile.reader().dialect(dialect).lint(text).stream()
                    .noneMatch(found -> found.severity() == Severity.ERROR);
            assertEquals(sound, isKept(text, dialect), "lint and parse agree");
        }
        assertFalse(Procfile.compare(text).toString().isEmpty(), "a comparison says something");
    }

    @FuzzTest(maxDuration = "2m")
    void environments(@NotNull String text) {
        for (Interpolation mode : Interpolation.values()) {
            try {
                DotEnv.reader().interpolation(mode).parse(text);
            } catch (ProcModelException e) {
                assertFalse(String.valueOf(e.getMessage()).isBlank(), "says why");
            }
        }
    }

    @FuzzTest(maxDuration = "2m")
    void formations(@NotNull String text) {
        try {
            assertEquals(0, Formation.of(TYPES, text, UnnamedTypes.ONE).quantity("release"), "release is never scaled");
        } catch (InvalidValueException e) {
            assertFalse(e.expected().isEmpty(), "says what was expected");
        } catch (ProcModelException e) {
            assertFalse(String.valueOf(e.getMessage()).isBlank(), "says why");
        }
    }

    private static boolean isKept(String text, ProcfileDialect dialect) {
        try {
            assertEquals(text, Procfile.parse(text, dialect).text(), "the text is kept");
            return true;
        } catch (ProcfileException e) {
            return false;
        }
    }
}
