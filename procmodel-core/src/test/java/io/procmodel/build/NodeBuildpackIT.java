package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugExpander;
import io.procmodel.slug.SlugStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the npm of this machine, and dependencies that need no network. */
class NodeBuildpackIT {
    @TempDir
    Path directory;

    private final List<String> output = new ArrayList<>();
    private SlugStore store;
    private Path source;

    @BeforeEach
    void writeApp() throws IOException {
        assumeTrue(new HostEnvironment(System.getenv()).program("npm").isPresent(), "npm is not on the PATH");
        store = FileSlugStore.at(directory.resolve("slugs"));
        source = Files.createDirectory(directory.resolve("source"));
        write("package.json", """
                {"name": "shop", "version": "1.0.0", "private": true,
                 "scripts": {"start": "node web.js"},
                 "dependencies": {"greeting": "file:vendor/greeting"},
                 "devDependencies": {"left-out": "file:vendor/left-out"}}
                """);
        write("web.js", "console.log(require('greeting'))");
        write("vendor/greeting/package.json", "{\"name\": \"greeting\", \"version\": \"1.0.0\"}");
        write("vendor/greeting/index.js", "module.exports = 'hello'");
        write("vendor/left-out/package.json", "{\"name\": \"left-out\", \"version\": \"1.0.0\"}");
    }

    private void writeLock() throws IOException {
        write("package-lock.json", """
                {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
                 "": {"name": "shop", "version": "1.0.0",
                  "dependencies": {"greeting": "file:vendor/greeting"},
                  "devDependencies": {"left-out": "file:vendor/left-out"}},
                 "node_modules/greeting": {"resolved": "vendor/greeting", "link": true},
                 "node_modules/left-out": {"resolved": "vendor/left-out", "link": true},
                 "vendor/greeting": {"version": "1.0.0"},
                 "vendor/left-out": {"version": "1.0.0", "dev": true}}}
                """);
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(source.resolve(path).getParent());
        Files.writeString(source.resolve(path), content);
    }

    private Slug build() {
        return SlugBuilder.into(store, directory.resolve("work"))
                .build(BuildRequest.of(Source.directory(source))
                        .output(output::add)
                        .cacheDirectory(directory.resolve("cache")));
    }

    @Test
    void installsTheLockedDependenciesWithoutThoseForDevelopment() throws IOException {
        writeLock();

        Slug slug = build();

        assertThat(output).startsWith("-----> Node.js app detected", "-----> Installing dependencies with npm ci");
        assertThat(slug.processTypes()).containsExactly(new ProcessType("web", "npm start"));
        Path app = directory.resolve("app");
        SlugExpander.of(store).expand(slug.digest(), app);
        assertThat(app.resolve("node_modules/greeting/index.js")).hasContent("module.exports = 'hello'");
        assertThat(app.resolve("node_modules/left-out")).doesNotExist();
        assertThat(directory.resolve("work")).isEmptyDirectory();
        assertThat(source.resolve("node_modules")).doesNotExist();
    }

    @Test
    void buildsTheSameSourceToTheSameSlugInAnotherPlace() throws IOException {
        writeLock();
        Slug first = build();

        Slug second = SlugBuilder.into(store, directory.resolve("elsewhere")).build(Source.directory(source));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void installsWithoutALock() {
        Slug slug = build();

        assertThat(output).contains("-----> Installing dependencies with npm install");
        assertThat(slug.processTypes()).containsExactly(new ProcessType("web", "npm start"));
    }

    @Test
    void failsWithWhatNpmSaid() throws IOException {
        write("package-lock.json", "{\"lockfileVersion\": 3, \"packages\": {}}");

        assertThatThrownBy(this::build)
                .isInstanceOfSatisfying(
                        BuildException.class,
                        e -> assertThat(String.join("\n", e.lastLines())).contains("npm error"))
                .hasMessageContaining("npm ci --omit=dev\" ended with status");
        assertThat(directory.resolve("work")).isEmptyDirectory();
        assertThat(store.list()).isEmpty();
    }
}
