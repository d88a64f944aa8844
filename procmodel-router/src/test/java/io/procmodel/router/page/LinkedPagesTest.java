package io.procmodel.router.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.router.page.AppPages.Occasion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ERR-5: the pages that config vars name. */
class LinkedPagesTest {
    @TempDir
    Path home;

    @Test
    void followsTheConfigVars() {
        try (Platform platform = Platform.builder().home(home).open()) {
            App shop = platform.createApp("shop");
            shop.config().set("MAINTENANCE_PAGE_URL", "https://pages.example.com/m?a=1&b=\"2\"".replace("\"", "%22"));
            try (LinkedPages pages = LinkedPages.of(platform)) {
                assertThat(pages.html(shop.name(), Occasion.MAINTENANCE).orElseThrow())
                        .contains("src=\"https://pages.example.com/m?a=1&amp;b=%222%22\"");
                assertThat(pages.html(shop.name(), Occasion.ERROR)).isEmpty();
                shop.config()
                        .update(Map.of(
                                "MAINTENANCE_PAGE_URL",
                                java.util.Optional.empty(),
                                "ERROR_PAGE_URL",
                                java.util.Optional.of("http://pages.example.com/e")));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> pages.html(shop.name(), Occasion.ERROR).isPresent());
                assertThat(pages.html(shop.name(), Occasion.MAINTENANCE)).isEmpty();
                App later = platform.createApp("later");
                later.config().set("ERROR_PAGE_URL", "https://pages.example.com/later");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> pages.html(later.name(), Occasion.ERROR).isPresent());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "//pages.example.com",
                "x",
                "",
                "http:",
                "https://a b",
                "ftp://a/"
            })
    void onlyWebAddressesAreShown(String address) {
        assertThat(LinkedPages.page(address)).isNull();
        assertThat(LinkedPages.page(null)).isNull();
    }
}
