package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.build.AppJsonException;
import io.procmodel.build.BuildException;
import io.procmodel.build.Source;
import io.procmodel.log.LogOrigin;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** PIPE-9 to PIPE-15. */
@DisabledOnOs(OS.WINDOWS)
class AppSetupIT {
    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();

    @BeforeEach
    void writeApp() throws IOException {
        write("Procfile", "worker: sleep 1000\nclock: sleep 1000\n");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve("source"));
        Files.writeString(directory.resolve("source").resolve(name), text);
    }

    private Platform open() {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .logs(log)
                .open();
    }

    private Source source() {
        return Source.directory(directory.resolve("source"));
    }

    @Test
    void anAppIsCreatedAsItsFileAsks() throws IOException {
        write("app.json", """
                {"env": {"GREETING": "hello", "NAME": {"required": true}, "KEY": {"generator": "secret"}},
                 "formation": {"worker": {"quantity": 2}},
                 "buildpacks": [{"url": "procmodel/procfile"}],
                 "scripts": {"postdeploy": "echo $GREETING, $NAME"}}""");
        try (Platform platform = open()) {
            App app = platform.setUp("shop", source()).env("NAME", "world").create();

            assertThat(app.formation().current()).hasToString("clock@0:Standard-1X worker@2:Standard-1X");
            assertThat(app.buildpacks().list()).containsExactly("procmodel/procfile");
            assertThat(app.config().vars().keys()).containsExactlyInAnyOrder("GREETING", "NAME", "KEY");
            assertThat(log.of(LogOrigin.app("run.1"))).contains("hello, world");
        }
    }

    @Test
    void nothingIsThereWhenAVarIsMissingOrTheBuildFails() throws IOException {
        write("app.json", "{\"env\": {\"NAME\": {\"required\": true}}}");
        try (Platform platform = open()) {
            assertThatThrownBy(() -> platform.setUp("shop", source()).create())
                    .isInstanceOf(AppJsonException.class)
                    .hasMessage("app.json: config var NAME is required");
            write("app.json", "{\"buildpacks\": [{\"url\": \"https://github.com/heroku/heroku-buildpack-go.git\"}]}");
            assertThatThrownBy(() -> platform.setUp("shop", source()).create())
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("not compatible with its buildpack Go");
            assertThat(platform.findApp("shop")).isEmpty();
        }
    }

    @Test
    void aStepThatFailsLaterIsNamedAndTheAppStays() throws IOException {
        write("app.json", "{\"scripts\": {\"postdeploy\": \"exit 3\"}}");
        try (Platform platform = open()) {
            assertThatThrownBy(() -> platform.setUp("shop", source()).create())
                    .isInstanceOf(AppSetupException.class)
                    .hasMessage("setup of shop: scripts.postdeploy: exit 3 ended with status 3 (expected: 0)");
            assertThat(platform.app("shop").releases().current().slug()).isPresent();

            write("app.json", "{\"addons\": [\"redis:nano\"]}");
            assertThatThrownBy(() -> platform.setUp("other", source()).create())
                    .isInstanceOf(AppSetupException.class)
                    .hasMessageStartingWith("setup of other: addons: ");
        }
    }
}
