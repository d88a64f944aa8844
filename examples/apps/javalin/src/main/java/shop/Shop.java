package shop;

import io.javalin.Javalin;

/** A web app of Javalin's; its runnable jar is its web process. */
public final class Shop {
    private Shop() {}

    public static void main(String[] args) {
        String greeting = System.getenv().getOrDefault("GREETING", "hello");
        Javalin.create(config -> config.showJavalinBanner = false)
                .get("/", context -> context.result(greeting + " from Javalin in " + System.getenv("DYNO") + "\n"))
                .start(Integer.parseInt(System.getenv("PORT")));
    }
}
