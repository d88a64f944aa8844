package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.procfile.ProcessType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeBuildpackTest {
    @TempDir
    Path app;

    private final Buildpack buildpack = new NodeBuildpack();

    private void writePackage(String json) throws IOException {
        Files.writeString(app.resolve("package.json"), json);
    }

    @Test
    void detectsAnAppByItsPackageJson() throws IOException {
        assertThat(buildpack.detect(app)).isEmpty();
        writePackage("{}");
        assertThat(buildpack.detect(app)).contains("Node.js");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                              | false
                    {"dependencies": {}}                            | false
                    {"dependencies": null}                          | false
                    {"devDependencies": {"a": "1"}}                 | false
                    {"other": {"dependencies": {"a": "1"}}}         | false
                    {"dependencies": {"a": "1"}}                    | true
                    {"optionalDependencies": {"a": "1"}}            | true
                    {"workspaces": ["packages/*"]}                  | true
                    {"x": [{"y": [1]}], "dependencies": {"a": {}}}  | true
                    """)
    void findsOutWhetherThereIsSomethingToInstall(String json, boolean expected) throws IOException {
        writePackage(json);

        assertThat(PackageJson.read(app).hasDependencies()).isEqualTo(expected);
    }

    @Test
    void startsTheAppWithNpmIfItHasAStartScriptAndNoProcfile() throws IOException {
        writePackage("{\"scripts\": {\"start\": \"node .\"}}");
        assertThat(buildpack.defaultProcessTypes(app)).containsExactly(new ProcessType("web", "npm start"));

        Files.writeString(app.resolve("Procfile"), "worker: node worker.js");
        assertThat(buildpack.defaultProcessTypes(app)).isEmpty();
    }

    @Test
    void startsTheAppWithNpmIfItHasTheFileThatNpmStartsByDefault() throws IOException {
        writePackage("{}");
        assertThat(buildpack.defaultProcessTypes(app)).isEmpty();

        Files.writeString(app.resolve("server.js"), "");
        assertThat(buildpack.defaultProcessTypes(app)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                  | package.json: no JSON object
                    {"a": 1,}           | package.json:1:9:
                    {"a": {"b": 1}      | package.json:1:
                    """)
    void refusesAPackageJsonThatIsNoneAndSaysWhere(String json, String message) throws IOException {
        writePackage(json);

        assertThatThrownBy(() -> PackageJson.read(app))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith(message);
    }
}
