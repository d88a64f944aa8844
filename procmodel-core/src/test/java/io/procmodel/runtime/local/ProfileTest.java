package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an app has read before its commands. */
@DisabledOnOs(OS.WINDOWS)
class ProfileTest {
    @TempDir
    Path app;

    private String run(String command) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", Profile.before(command, app))
                .directory(app.toFile())
                .redirectErrorStream(true);
        shell.environment().put("MODE", "config");
        shell.environment().put("LEVEL", "config");
        Process process = shell.start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private void script(String name, String text) throws IOException {
        Files.createDirectories(app.resolve(".profile.d"));
        Files.writeString(app.resolve(name), text);
    }

    /** DYN-37: scripts that end in .sh, in the order of their names; .profile after them. */
    @Test
    void scriptsOfTheDirectoryAreReadInTheOrderOfTheirNames() throws IOException {
        script(".profile.d/b.sh", "export SEEN=\"$SEEN b\"\n");
        script(".profile.d/a.sh", "export SEEN=\"$SEEN a\"\n");
        script(".profile.d/notes.txt", "export SEEN=\"$SEEN notes\"\n");
        script(".profile", "export SEEN=\"$SEEN profile\"\n");

        assertThat(run("echo it\\'s$SEEN")).isEqualTo("it's a b profile\n");
    }

    /** DYN-38. */
    @Test
    void whatTheyExportWinsUnlessTheyLeaveTheConfigVarAlone() throws IOException {
        script(".profile.d/app.sh", "export MODE=script\nexport LEVEL=${LEVEL:-script}\nexport NEW=${NEW:-script}\n");

        assertThat(run("echo $MODE $LEVEL $NEW")).isEqualTo("script config script\n");
    }

    @Test
    void withoutThemTheCommandIsLeftAlone() {
        assertThat(Profile.before("exec server", app)).isEqualTo("exec server");
    }
}
