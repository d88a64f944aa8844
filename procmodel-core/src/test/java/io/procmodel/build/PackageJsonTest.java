package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageJsonTest {
    @TempDir
    Path app;

    private void writePackage(String json) throws IOException {
        Files.writeString(app.resolve("package.json"), json);
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
