package io.procmodel.router.page;

import io.procmodel.name.AppName;
import java.util.Optional;

/**
 * A host's own pages, in place of the router's small ones. A client that would rather have JSON gets JSON nevertheless.
 * Asked on an event loop, by several at once: an answer is at hand, it is not fetched. A page that throws counts as none.
 */
@FunctionalInterface
public interface AppPages {
    /** When a page is wanted. */
    enum Occasion {
        /** The app is in maintenance mode (H80). */
        MAINTENANCE,

        /** The app could not serve a request, which was right. */
        ERROR
    }

    /** The page in HTML, or empty for what the app's config vars say, or else the standard page. */
    Optional<String> html(AppName app, Occasion occasion);

    /** No own pages. */
    static AppPages none() {
        return (app, occasion) -> Optional.empty();
    }
}
