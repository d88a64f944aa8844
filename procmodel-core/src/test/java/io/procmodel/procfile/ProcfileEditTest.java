package io.procmodel.procfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcfileEditTest {
    @Test
    void changesOnlyTheCommand() {
        assertThat(edited("# top\r\n web :\ta  \r\n\r\nworker: b # tail")
                        .with("web", "node x")
                        .text())
                .isEqualTo("# top\r\n web :\tnode x  \r\n\r\nworker: b # tail");
    }

    @Test
    void addsInTheStyleOfTheFile() {
        assertThat(edited("web: a\n").with("worker", "b").text()).isEqualTo("web: a\nworker: b\n");
        assertThat(edited("web: a\r\n\r\n").with("worker", "b").text()).isEqualTo("web: a\r\n\r\nworker: b\r\n");
        assertThat(edited("web: a").with("worker", "b").text()).isEqualTo("web: a\nworker: b");
        assertThat(edited("\uFEFF").with("worker", "b").text()).isEqualTo("\uFEFFworker: b\n");
        assertThat(edited("# c\r").with("worker", "b").text()).isEqualTo("# c\rworker: b\r");
    }

    @Test
    void removesTheLineAndKeepsTheRest() {
        assertThat(edited("# a\nweb: a\n# b\nworker: b\n").without("web").text())
                .isEqualTo("# a\n# b\nworker: b\n");
        assertThat(edited("web: a\r\nworker: b").without("worker").text()).isEqualTo("web: a");
        assertThat(edited("web: a").without("web").text()).isEmpty();
        assertThat(edited("web: a").without("clock").text()).isEqualTo("web: a");
    }

    @Test
    void removesEveryDuplicate() {
        Procfile procfile = Procfile.parse("web: a\nworker: b\nweb: c\n", ProcfileDialect.HEROKU_CLASSIC);
        assertThat(procfile.without("web").text()).isEqualTo("worker: b\n");
        assertThat(procfile.with("web", "d").text()).isEqualTo("web: a\nworker: b\nweb: d\n");
    }

    @Test
    void replacesAContinuedCommandAsAWhole() {
        Procfile procfile = Procfile.reader().continuation(true).parse("web: a \\\n  b\nworker: c\n");
        assertThat(procfile.with("web", "d").text()).isEqualTo("web: d\nworker: c\n");
        assertThat(procfile.without("web").text()).isEqualTo("worker: c\n");
    }

    @Test
    void keepsTheCommentThatDokkuCuts() {
        assertThat(Procfile.parse("web: a # why\n", ProcfileDialect.DOKKU)
                        .with("web", "b")
                        .text())
                .isEqualTo("web: b # why\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nworker: b", "a\r", " a", "a ", "a\\", "|", "a\0"})
    void refusesACommandThatWouldNotReadBack(String command) {
        assertThatThrownBy(() -> edited("web: a\n").with("web", command)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> edited("web: a\n").with("new", command)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "-a", "#a"})
    void refusesANameThatIsNone(String name) {
        assertThatThrownBy(() -> edited("web: a\n").with(name, "b")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void writesBackByteForByte(@TempDir Path directory) throws IOException {
        byte[] bytes = "\uFEFF# é\r\nweb: a\rworker: b\n\n  ".getBytes(UTF_8);
        Path file = Files.write(directory.resolve("Procfile"), bytes);
        Procfile.read(file).write(file);
        assertThat(file).hasBinaryContent(bytes);

        Path lost = directory.resolve("missing/Procfile");
        assertThatThrownBy(() -> edited("web: a").write(lost)).isInstanceOf(StorageException.class);
    }

    private static Procfile edited(String text) {
        return Procfile.parse(text);
    }
}
