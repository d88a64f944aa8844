package io.procmodel.pty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code inheritIo()} of a program that somebody starts in a terminal, with both kinds of terminal for the dyno. */
@EnabledOnOs(OS.LINUX)
class InheritedTerminalIT {
    /** The settings of the terminal before and after, and a line that is read after the program's end. */
    private static final String SESSION = """
            echo "before $(stty -g)."
            "$@"
            echo "status $?."
            echo "after $(stty -g)."
            read -r line
            echo "the shell read $line."
            """;

    private static final String BASH = "exec env PS1='ready> ' bash --norc --noprofile -i";
    private static final Pattern SETTINGS = Pattern.compile("(before|after) ([^.\\s]+)\\.");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"script", "pty"})
    void whatIsTypedGoesToTheDynoAndTheTerminalIsGivenBack(String terminals) throws Exception {
        try (TypedSession session = start(terminals)) {
            session.awaitShown("ready> ");
            session.type("tty; stty size; echo an''swer\r");
            session.awaitShown("answer");
            assertThat(session.shown()).containsPattern("/dev/\\S+").contains("37 101");
            assertThat(session.shown().split("an''swer", -1)).as("echoed once").hasSize(2);

            session.type("bash -c 'echo be''gun; exec sleep 1000'\r");
            session.awaitShown("begun");
            session.type("\003");
            session.type("echo interrupted $?.\r");
            session.awaitShown("interrupted 130.");

            session.resize(90, 30);
            session.type("until [ \"$(stty size)\" = '30 90' ]; do sleep 0.1; done; echo re''sized\r");
            session.awaitShown("resized");

            session.type("exit 4\r");
            session.awaitShown("after ");
            assertThat(session.shown()).contains("status 4.");
            session.type("a line\r");
            session.awaitShown("the shell read a line.");
            assertThat(settings(session.shown())).containsOnlyKeys("before", "after");
            assertThat(settings(session.shown()).get("after"))
                    .isEqualTo(settings(session.shown()).get("before"));
        }
    }

    private TypedSession start(String terminals) throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("Procfile"), "worker: sleep 1000\n");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("TERM", "dumb");
        return new TypedSession(
                environment,
                SESSION,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TerminalHost.class.getName(),
                directory.resolve("home").toString(),
                source.toString(),
                BASH,
                terminals);
    }

    private static Map<String, String> settings(String shown) {
        Map<String, String> found = new HashMap<>();
        Matcher matcher = SETTINGS.matcher(shown);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }
}
