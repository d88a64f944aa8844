package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PIPE-10 to PIPE-13. */
class AppJsonTest {
    private static final String FILE = """
            {
              "name": "Guest book", "logo": "https://example.com/logo.png",
              "env": {
                "GREETING": "hello",
                "ADMIN": {"description": "who may do everything", "required": true},
                "LIMIT": {"value": 10},
                "OPTIONAL": {"required": false},
                "SECRET_KEY": {"generator": "secret"}
              },
              "formation": {"web": {"quantity": 2, "size": "Standard-2X"}, "worker": {"quantity": 0}},
              "addons": ["redis:nano", {"plan": "postgres:mini", "as": "MAIN"}],
              "buildpacks": [{"url": "heroku/nodejs"}],
              "scripts": {"postdeploy": "node seed.js"}
            }
            """;

    @Test
    void readsWhatMatters() {
        AppJson file = AppJson.parse(FILE);

        assertThat(file.name()).contains("Guest book");
        assertThat(file.formation()).containsExactly(Map.entry("web", "2:Standard-2X"), Map.entry("worker", "0"));
        assertThat(file.addOns())
                .containsExactly(
                        new AppJson.AddOn("redis:nano", Optional.empty()),
                        new AppJson.AddOn("postgres:mini", Optional.of("MAIN")));
        assertThat(file.buildpacks()).containsExactly("heroku/nodejs");
        assertThat(file.postdeploy()).contains("node seed.js");
    }

    @Test
    void makesConfigVarsOfDefaultsGivenValuesAndSecrets() {
        Map<String, String> config = AppJson.parse(FILE)
                .config(Map.of("ADMIN", "me", "MORE", "x"), new Random(1))
                .asMap();

        assertThat(config)
                .containsOnlyKeys("GREETING", "ADMIN", "LIMIT", "SECRET_KEY", "MORE")
                .containsEntry("GREETING", "hello")
                .containsEntry("LIMIT", "10")
                .containsEntry("ADMIN", "me");
        assertThat(config.get("SECRET_KEY")).matches("[0-9a-f]{64}");
    }

    @Test
    void namesEveryRequiredVarThatIsMissing() {
        AppJson file = AppJson.parse("{\"env\": {\"A\": {}, \"B\": {\"description\": \"b\"}, \"C\": \"c\"}}");

        assertThatThrownBy(() -> file.config(Map.of(), new Random(1)))
                .isInstanceOfSatisfying(
                        AppJsonException.class,
                        e -> assertThat(e.problems())
                                .containsExactly("config var A is required", "config var B is required"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                            | is no JSON object
            {"a":                                         | is no JSON
            {"env": []}                                   | env: is no object
            {"env": {"1A": "x"}}                          | config
            {"env": {"A": {"generator": "dice"}}}         | env.A.generator: "dice" (expected: "secret")
            {"env": {"A": [1]}}                           | env.A: is no text
            {"formation": {"web": {"quantity": -1}}}      | formation.web.quantity: -1 (expected: 0 or more)
            {"formation": {"a b": {"quantity": 1}}}       | process type: "a b"
            {"addons": "redis"}                           | addons: is no array
            {"buildpacks": [{}]}                          | buildpacks.url: is no text
            {"scripts": {"postdeploy": {}}}               | scripts.postdeploy: is no text
            """)
    void saysWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> AppJson.parse(text))
                .isInstanceOf(AppJsonException.class)
                .hasMessageStartingWith("app.json: ")
                .hasMessageContaining(problem);
    }
}
