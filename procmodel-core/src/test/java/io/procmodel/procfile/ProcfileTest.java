package io.procmodel.procfile;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcfileTest {
    @Test
    void keepsFileOrderWithTheReleaseCommandApartToo() {
        Procfile procfile = Procfile.parse("worker: rake work\nrelease: rake db:migrate\nweb: rails s -p $PORT\n");

        assertThat(procfile.processTypes())
                .containsExactly(
                        new ProcessType("worker", "rake work"),
                        new ProcessType("release", "rake db:migrate"),
                        new ProcessType("web", "rails s -p $PORT"));
        assertThat(procfile.release()).contains("rake db:migrate");
        assertThat(procfile.diagnostics()).isEmpty();
    }

    /** PROC-7: the first colon ends the name, later ones belong to the command. */
    @Test
    void leavesLaterColonsInTheCommand() {
        assertThat(Procfile.parse("web: java -Dx=a:b --url=http://h:1").processTypes())
                .containsExactly(new ProcessType("web", "java -Dx=a:b --url=http://h:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web: a",
                "web: a\n",
                "web: a\r\n",
                "web: a\r",
                "\uFEFFweb: a\n",
                "  web: a  \n",
                "\tweb\t:\ta\t\n",
                "web:a",
                "# x\n\n  # y\nweb: a\n \t\n"
            })
    void readsOneEntryWhateverSurroundsIt(String text) {
        assertThat(Procfile.parse(text).processTypes()).containsExactly(new ProcessType("web", "a"));
    }

    @Test
    void reportsEveryProblemAtOnce() {
        ProcfileException refused = catchThrowableOfType(
                ProcfileException.class, () -> Procfile.parse("web: a\nweb node b.js\n<<<<<<< HEAD\nweb: c\n"));

        assertThat(refused.diagnostics())
                .extracting(Diagnostic::line, Diagnostic::code)
                .containsExactly(
                        tuple(2, DiagnosticCode.MISSING_COLON),
                        tuple(3, DiagnosticCode.MERGE_CONFLICT_MARK),
                        tuple(4, DiagnosticCode.DUPLICATE_TYPE));
        assertThat(refused)
                .hasMessageContaining("Procfile has 3 errors")
                .hasMessageContaining(
                        "Procfile:4:1 error duplicate-type: \"web\" is declared again; it was declared first in line 1");
    }

    @Test
    void acceptsAnEmptyFileWithAWarning() {
        for (String text : List.of("", "\n", "# nothing\n\n")) {
            Procfile procfile = Procfile.parse(text);
            assertThat(procfile.processTypes()).isEmpty();
            assertThat(procfile.diagnostics())
                    .extracting(Diagnostic::code)
                    .containsExactly(DiagnosticCode.NO_PROCESS_TYPES);
        }
    }

    @Test
    void readsAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("Procfile"), "web: é\r\n");
        assertThat(Procfile.read(file).processTypes()).containsExactly(new ProcessType("web", "é"));
    }

    @Test
    void saysWhichFileIsNotText(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("Procfile"), "web: a\n".getBytes(UTF_16));
        assertThatThrownBy(() -> Procfile.read(file))
                .isInstanceOf(ProcfileException.class)
                .hasMessageContaining(file + ":1:1 error not-utf-8: the file is UTF-16");
        Path missing = directory.resolve("none");
        assertThatThrownBy(() -> Procfile.read(missing))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void liftsTheNameLimitOnRequest() {
        String text = "a".repeat(64) + ": x";
        assertThat(Procfile.lint(text)).extracting(Diagnostic::code).containsExactly(DiagnosticCode.NAME_LENGTH);
        assertThat(Procfile.reader().nameLimit(64).parse(text).processTypes()).hasSize(1);
    }

    @Test
    void joinsContinuedLinesOnRequest() {
        String text = "web: gunicorn \\\n  myapp:app\nworker: \\\n  celery \\\n  -A tasks\nclock: c\n";
        assertThat(Procfile.reader().continuation(true).parse(text).processTypes())
                .containsExactly(
                        new ProcessType("web", "gunicorn myapp:app"),
                        new ProcessType("worker", "celery -A tasks"),
                        new ProcessType("clock", "c"));
        assertThat(Procfile.lint(text))
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.CONTINUED_LINE, DiagnosticCode.CONTINUED_LINE);
    }

    @Test
    void resolvesDuplicatesOnRequest() {
        String text = "web: a\nworker: b\nweb: c\n";
        assertThat(commands(text, DuplicateTypes.FIRST_WINS)).containsExactly("a", "b");
        assertThat(commands(text, DuplicateTypes.LAST_WINS)).containsExactly("c", "b");
        assertThat(commands(text, DuplicateTypes.KEEP_ALL)).containsExactly("a", "b", "c");
    }

    private static List<String> commands(String text, DuplicateTypes duplicates) {
        return Procfile.reader().duplicates(duplicates).parse(text).processTypes().stream()
                .map(ProcessType::command)
                .toList();
    }
}
