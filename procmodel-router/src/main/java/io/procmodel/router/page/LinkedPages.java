package io.procmodel.router.page;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.Subscription;
import io.procmodel.event.AppCreated;
import io.procmodel.event.PlatformEvent;
import io.procmodel.event.ReleaseCreated;
import io.procmodel.name.AppName;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages that apps name in their config vars {@code MAINTENANCE_PAGE_URL} and {@code ERROR_PAGE_URL} (Heroku: ERR-5): the
 * visitor's browser shows them in a frame, and the router fetches nothing. Follows releases; thread-safe.
 */
public final class LinkedPages implements AppPages, AutoCloseable {
    private static final Map<Occasion, String> VARS =
            Map.of(Occasion.MAINTENANCE, "MAINTENANCE_PAGE_URL", Occasion.ERROR, "ERROR_PAGE_URL");

    private final Platform platform;
    private final Map<AppName, Map<Occasion, String>> pages = new ConcurrentHashMap<>();
    private final Subscription subscription;

    private LinkedPages(Platform platform) {
        this.platform = platform;
        this.subscription = platform.subscribe(this::follow);
        platform.apps().forEach(this::read);
    }

    /** Reads what the apps of a platform say, now and from now on. */
    public static LinkedPages of(Platform platform) {
        return new LinkedPages(platform);
    }

    private void follow(PlatformEvent event) {
        if (event instanceof ReleaseCreated release) {
            platform.findApp(release.app().value()).ifPresent(this::read);
        } else if (event instanceof AppCreated created) {
            platform.findApp(created.app().value()).ifPresent(this::read);
        }
    }

    private void read(App app) {
        Map<String, String> vars = app.config().vars().asMap();
        Map<Occasion, String> found = new EnumMap<>(Occasion.class);
        VARS.forEach((occasion, name) -> {
            String page = page(vars.get(name));
            if (page != null) {
                found.put(occasion, page);
            }
        });
        pages.put(app.name(), found);
    }

    /** A page that shows another one; null if the address is none that a browser may be sent to. */
    static @Nullable String page(@Nullable String address) {
        if (address == null || !isWeb(address)) {
            return null;
        }
        String escaped = address.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Application</title><style>html,body,iframe{margin:0;border:0;width:100%%;height:100%%;display:block}</style>
                </head><body><iframe src="%s" referrerpolicy="no-referrer" title="Message"></iframe></body></html>
                """.formatted(escaped);
    }

    private static boolean isWeb(String address) {
        try {
            URI uri = URI.create(address);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("https") || scheme.equals("http")) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Optional<String> html(AppName app, Occasion occasion) {
        return Optional.ofNullable(pages.getOrDefault(app, Map.of()).get(occasion));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
