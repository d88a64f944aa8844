package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.config.ConfigVars;
import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.Slug;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the buildpacks of the library run, find missing, and give as defaults, with tool-chains that only take notes. */
@DisabledOnOs(OS.WINDOWS)
class LanguagesIT {
    @TempDir
    Path directory;

    private final List<String> output = new ArrayList<>();
    private ConfigVars config = ConfigVars.empty();
    private FakeTools tools;
    private Path source;

    @BeforeEach
    void prepare() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        tools = new FakeTools(directory);
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(source.resolve(path).getParent());
        Files.writeString(source.resolve(path), content);
    }

    private Slug build() {
        return SlugBuilder.into(FileSlugStore.at(directory.resolve("slugs")), directory.resolve("work"))
                .withHostEnvironment(tools.environment())
                .build(BuildRequest.of(Source.directory(source))
                        .config(config)
                        .cacheDirectory(directory.resolve("cache"))
                        .output(output::add));
    }

    private static String types(Slug slug) {
        return slug.processTypes().stream()
                .map(type -> type.name() + ": " + type.command())
                .collect(Collectors.joining("; "));
    }

    private List<String> calls() throws IOException {
        String cache = directory.resolve("cache").toString();
        return tools.calls().stream().map(call -> call.replace(cache, "CACHE")).toList();
    }

    // Node.js

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            package-lock.json   | npm  | npm ci --include=dev; npm run build; npm prune --omit=dev
            npm-shrinkwrap.json | npm  | npm ci --include=dev; npm run build; npm prune --omit=dev
            yarn.lock           | yarn | yarn install --frozen-lockfile --production=false; yarn run build; \
            yarn install --frozen-lockfile --production=true --ignore-scripts --prefer-offline
            pnpm-lock.yaml      | pnpm | pnpm install --frozen-lockfile --prod=false; pnpm run build; pnpm prune --prod
            no lock             | npm  | npm install --include=dev; npm run build; npm prune --omit=dev
            """)
    void theLockFileChoosesThePackageManager(String lock, String manager, String commands) throws IOException {
        tools.withVersion(manager, "9.0.0");
        write(lock, "");
        write("package.json", """
                {"scripts": {"build": "tsc", "start": "node ."}, "dependencies": {"a": "1"},
                 "devDependencies": {"b": "1"}}""");

        assertThat(types(build())).isEqualTo("web: npm start");
        assertThat(String.join("; ", calls())).isEqualTo(commands);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .yarnrc.yml  | nodeLinker: node-modules      | yarn@1.22.22
            yarn.lock    | __metadata:                   | yarn@1.22.22
            README       | nothing                       | yarn@4.5.0
            """)
    void aModernYarnIsKnownByWhatIsThereAndInstallsImmutably(String file, String content, String manager)
            throws IOException {
        tools.withVersion("yarn", "4.5.0");
        write(file, content);
        write(
                "package.json",
                "{\"dependencies\": {\"a\": \"1\"}, \"packageManager\": \"" + manager
                        + "\", \"main\": \"package.json\"}");

        build();

        assertThat(calls()).containsExactly("yarn install --immutable");
        tools.withVersion("yarn", "1.22.22");
        assertThatThrownBy(this::build)
                .isInstanceOf(ToolVersionException.class)
                .hasMessageContaining("1.22.22")
                .hasMessageContaining(">=2");
    }

    /** BLD-27. */
    @Test
    void scriptsOfHerokuRunInTheirOrderAndWithTheConfigVars() throws IOException {
        tools.with("npm", "echo \"$TOKEN_NAME in $NODE_ENV\"");
        config = ConfigVars.of(Map.of("TOKEN_NAME", "the token", "PATH", "/nowhere", "NODE_ENV", "test"));
        write("Procfile", "web: node .\n");
        write("package-lock.json", "{}");
        write("package.json", """
                {"scripts": {"build": "", "heroku-postbuild": "", "heroku-prebuild": "", "heroku-cleanup": ""},
                 "dependencies": {"a": "1"}}""");

        build();

        assertThat(calls())
                .containsExactly(
                        "npm run heroku-prebuild",
                        "npm ci --include=dev",
                        "npm run heroku-postbuild",
                        "npm prune --omit=dev",
                        "npm run heroku-cleanup");
        assertThat(output).contains("       the token in production");
    }

    @Test
    void twoLockFilesAreOneTooMany() throws IOException {
        write("package.json", "{\"dependencies\": {\"a\": \"1\"}}");
        write("package-lock.json", "{}");
        write("yarn.lock", "");

        assertThatThrownBy(this::build)
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith("lock files: package-lock.json and yarn.lock are both there");
    }

    /** BLD-26. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            node | v20.11.1 | >=18        | true
            node | v20.11.1 | 20.x        | true
            node | v20.11.1 | >=18 <21    | true
            node | v20.11.1 | ^18.2       | false
            node | v20.11.1 | 16 - 18     | false
            node | v20.11.1 | fermium     | false
            npm  | 10.2.4   | 10.x        | true
            npm  | 10.2.4   | >=11        | false
            """)
    void enginesAreCheckedAgainstWhatIsAtHand(String tool, String version, String range, boolean satisfied)
            throws IOException {
        tools.withVersion("npm", "10.2.4").withVersion(tool, version);
        write("server.js", "");
        write("package.json", "{\"dependencies\": {\"a\": \"1\"}, \"engines\": {\"" + tool + "\": \"" + range + "\"}}");

        if (satisfied) {
            build();
            assertThat(output)
                    .contains("       engines." + tool + " (package.json): " + range + ", at hand: " + version);
        } else {
            assertThatThrownBy(this::build)
                    .isInstanceOf(ToolVersionException.class)
                    .hasMessageStartingWith(tool + ": version " + version + " is at hand, but engines." + tool
                            + " in package.json asks for \"" + range + "\"");
            assertThat(calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"scripts": {"start": "x"}}          | web: npm start
            {"main": "lib/index.js"}             | web: node lib/index.js
            {"main": "lib/index"}                | web: node lib/index
            {"main": "a b.js"}                   | web: node 'a b.js'
            """)
    void nodeAppsWithoutAProcfileHaveADefault(String json, String types) throws IOException {
        write("package.json", json);
        write("lib/index.js", "");
        write("a b.js", "");

        assertThat(types(build())).isEqualTo(types);
    }

    @Test
    void aNodeAppThatNothingStartsSaysSo() throws IOException {
        write("package.json", "{\"main\": \"missing.js\"}");

        assertThatThrownBy(this::build).isInstanceOf(NoProcessTypesException.class);
    }

    // Ruby

    @Test
    void gemsOfTheMachineWillDo() throws IOException {
        tools.withVersion("ruby", "ruby 3.1.2p20").with("bundle", "");
        write("Gemfile", "gem 'rack'");
        write("config.ru", "");

        assertThat(types(build()))
                .isEqualTo("rake: bundle exec rake; console: bundle exec irb; "
                        + "web: bundle exec rackup config.ru -p ${PORT:-5000}");
        assertThat(calls()).containsExactly("bundle install --local --quiet");
    }

    @Test
    void otherGemsAreInstalledAndKeptAndRailsIsCompiled() throws IOException {
        tools.withVersion("ruby", "ruby 3.1.2p20")
                .with(
                        "bundle",
                        "case \"$*\" in *--local*) exit 7;; *jobs*) mkdir -p \"$BUNDLE_PATH\"; touch "
                                + "\"$BUNDLE_PATH/gem\"; echo \"$BUNDLE_WITHOUT $BUNDLE_FROZEN\";; esac");
        write("Gemfile", "gem 'rails'");
        write("Gemfile.lock", "GEM\n  specs:\n    rails (7.1.0)\n");
        write("Rakefile", "");

        Slug slug = build();

        assertThat(types(slug)).contains("web: bin/rails server -p ${PORT:-5000} -e ${RAILS_ENV:-production}");
        assertThat(calls())
                .containsExactly(
                        "bundle install --local --quiet",
                        "bundle install --jobs 4 --retry 1",
                        "bundle clean",
                        "bundle exec rake assets:precompile");
        assertThat(output).contains("       development:test true");
        assertThat(directory.resolve("cache/ruby/bundle/gem")).exists();
    }

    // Java, Gradle, Scala, Clojure

    private void writeJar(String path, String... attributes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (int i = 0; i < attributes.length; i += 2) {
            manifest.getMainAttributes().putValue(attributes[i], attributes[i + 1]);
        }
        Files.createDirectories(source.resolve(path).getParent());
        try (OutputStream file = Files.newOutputStream(source.resolve(path));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.finish();
        }
    }

    @Test
    void mavenPackagesAndASpringBootJarIsToldItsPort() throws IOException {
        tools.withVersion("javac", "javac 17.0.9").with("mvn", "");
        write("pom.xml", "<project/>");
        writeJar("target/shop-1.0.jar", "Main-Class", "Launcher", "Spring-Boot-Version", "3.2.0");
        writeJar("target/shop-1.0-sources.jar", "Main-Class", "Launcher", "Padding", "a longer one".repeat(100));

        assertThat(types(build())).isEqualTo("web: java -Dserver.port=$PORT $JAVA_OPTS -jar target/shop-1.0.jar");
        assertThat(calls())
                .containsExactly("mvn --batch-mode --no-transfer-progress -Dmaven.repo.local=CACHE/maven -DskipTests"
                        + " package");
    }

    @Test
    void wrappersComeBeforeTheMachinesOwn() throws IOException {
        tools.withVersion("javac", "javac 17.0.9");
        write("pom.xml", "<project/>");
        write("mvnw", "echo wrapped \"$*\"");
        writeJar("target/shop.jar", "Main-Class", "Main");
        write("target/broken.jar", "no jar");
        write("target/directory.jar/file", "");

        assertThat(types(build())).isEqualTo("web: java $JAVA_OPTS -jar target/shop.jar");
        assertThat(output).anyMatch(line -> line.matches("       wrapped --batch-mode .* package"));
    }

    @Test
    void gradleBuildsWithItsWrapper() throws IOException {
        tools.withVersion("javac", "javac 17.0.9");
        write("build.gradle.kts", "");
        write("gradlew", "echo \"$GRADLE_USER_HOME $*\"");
        writeJar("build/libs/shop-plain.jar", "Main-Class", "Main");
        writeJar("build/libs/shop.jar", "Main-Class", "Main");

        assertThat(types(build())).isEqualTo("web: java $JAVA_OPTS -jar build/libs/shop.jar");
        assertThat(output)
                .contains("       " + directory.resolve("cache/gradle")
                        + " --no-daemon --console=plain build -x test -x check");
    }

    @Test
    void sbtStagesAProgram() throws IOException {
        tools.withVersion("javac", "javac 21")
                .with(
                        "sbt",
                        "mkdir -p target/universal/stage/bin; touch target/universal/stage/bin/shop"
                                + " target/universal/stage/bin/shop.bat");
        write("build.sbt", "");

        assertThat(types(build())).isEqualTo("web: target/universal/stage/bin/shop -Dhttp.port=$PORT");
        assertThat(calls()).singleElement().asString().endsWith(" compile stage");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (defproject shop :uberjar-name "shop.jar")   | lein uberjar | web: java $JAVA_OPTS -jar target/shop.jar
            (defproject shop) ; :uberjar-name "no.jar"   | lein with-profile production compile :all \
            | web: lein with-profile production trampoline run
            """)
    void leiningenBuildsAnUberjarIfTheProjectNamesOne(String project, String call, String types) throws IOException {
        tools.withVersion("javac", "javac 17").with("lein", "");
        write("project.clj", project);

        assertThat(types(build())).isEqualTo(types);
        assertThat(calls()).containsExactly(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "99999999999"})
    void anOlderJdkThanTheAppAsksForIsRefused(String wanted) throws IOException {
        tools.withVersion("javac", "javac 17.0.9").with("mvn", "");
        write("pom.xml", "<project/>");
        write("system.properties", "java.runtime.version=" + wanted + "\n");

        assertThatThrownBy(this::build)
                .isInstanceOf(ToolVersionException.class)
                .hasMessageContaining("version 17.0.9 is at hand, but java.runtime.version in system.properties asks"
                        + " for \"" + wanted + "\"");
    }

    // PHP, Go, Python, static

    @Test
    void phpServesItsDocumentRoot() throws IOException {
        tools.with("php", "echo 8.2.1").with("composer", "");
        write("composer.json", "{}");
        write("public/index.php", "");

        assertThat(types(build())).isEqualTo("web: php -S 0.0.0.0:$PORT -t public");
        assertThat(calls()).last().asString().startsWith("composer install --no-dev");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop/cmd/web          | web: bin/web
            shop/cmd/b shop/cmd/a | a: bin/a; b: bin/b
            """)
    void goBuildsEveryMainPackage(String packages, String types) throws IOException {
        tools.with(
                "go",
                "case $1 in list) for p in " + packages + "; do echo $p; done;; " + "build) for p in " + packages
                        + "; do touch bin/${p##*/}; done;; esac");
        write("go.mod", "module shop\n");

        assertThat(types(build())).isEqualTo(types);
        assertThat(calls()).last().isEqualTo("go build -trimpath -buildvcs=false -o bin/ " + packages);
    }

    @Test
    void aGoModuleWithoutAProgramIsNoApp() throws IOException {
        tools.with("go", "");
        write("go.mod", "module shop\n");

        assertThatThrownBy(this::build).hasMessageContaining("the module has no main package");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .python-version | 3.12          | version 3.11.2 is at hand, but .python-version asks for "3.12"
            runtime.txt     | python-3.9.18 | version 3.11.2 is at hand, but runtime.txt asks for "python-3.9.18"
            runtime.txt     | the newest    | runtime.txt: "the newest" (expected: a version such as 3.11)
            """)
    void anotherPythonThanTheAppAsksForIsRefused(String file, String version, String message) throws IOException {
        tools.withVersion("python3", "Python 3.11.2");
        write("requirements.txt", "");
        write(file, version);

        assertThatThrownBy(this::build).isInstanceOf(BuildException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            index.html        | .
            public/index.html | public
            dist/index.html   | dist
            """)
    void staticSitesAreServedByTheLibrarysOwnServer(String file, String root) throws IOException {
        write(file, "");

        assertThat(build().processTypes())
                .containsExactly(new ProcessType(
                        "web",
                        "exec \"${JAVA_HOME:+$JAVA_HOME/bin/}java\" $JAVA_OPTS -cp .procmodel"
                                + " io.procmodel.build.StaticSite " + root));
    }

    @ParameterizedTest
    @CsvSource({
        "Gemfile, ruby",
        "package.json, npm",
        "project.clj, javac",
        "requirements.txt, python",
        "pom.xml, javac",
        "gradlew, javac",
        "build.sbt, javac",
        "composer.json, php",
        "go.mod, go"
    })
    void aMissingToolIsNamedWithWhatToInstall(String file, String tool) throws IOException {
        write(file, file.equals("package.json") ? "{\"dependencies\": {\"a\": \"1\"}}" : "");

        assertThatThrownBy(this::build)
                .isInstanceOfSatisfying(
                        MissingToolException.class, e -> assertThat(e.tool()).isEqualTo(tool))
                .hasMessageMatching(tool + ": not found on the PATH, but an? .* needs it \\(expected: .+\\)");
    }
}
