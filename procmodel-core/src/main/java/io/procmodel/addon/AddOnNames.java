package io.procmodel.addon;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes names for add-ons, such as {@code postgresql-curly-33328} (Heroku: ADD-4). */
public final class AddOnNames {
    private static final List<String> SHAPES = ImmutableList.of(
            "acute",
            "angular",
            "animated",
            "clean",
            "clear",
            "colorful",
            "concave",
            "convex",
            "cubed",
            "curly",
            "curved",
            "cylindrical",
            "deep",
            "defined",
            "dimensional",
            "encircled",
            "fitted",
            "flat",
            "flexible",
            "fluffy",
            "globular",
            "graceful",
            "horizontal",
            "infinite",
            "metric",
            "objective",
            "octagonal",
            "parallel",
            "perpendicular",
            "polished",
            "pointy",
            "reticulated",
            "rigid",
            "rugged",
            "round",
            "sinuous",
            "slippery",
            "solid",
            "spherical",
            "square",
            "symmetrical",
            "tapered",
            "trapezoidal",
            "triangular",
            "vertical");
    private static final int LEAST = 10_000;
    private static final int RANGE = 90_000;

    private AddOnNames() {}

    /** A name for an add-on of that service which is not among {@code taken}. */
    public static String next(String service, Random random, Set<String> taken) {
        String stem = Character.isDigit(service.charAt(0)) ? "x" + service : service;
        String name;
        do {
            name = stem + "-" + SHAPES.get(random.nextInt(SHAPES.size())) + "-" + (LEAST + random.nextInt(RANGE));
        } while (taken.contains(name));
        return name;
    }
}
