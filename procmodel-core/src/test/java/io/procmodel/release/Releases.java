package io.procmodel.release;

import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugDigest;
import java.util.List;

/** Material for tests of releases. */
public final class Releases {
    private Releases() {}

    /** A slug whose digest is one hex digit 64 times. */
    public static Slug slug(char digit) {
        return new Slug(
                new SlugDigest(String.valueOf(digit).repeat(64)),
                1_234,
                5_678,
                List.of(new ProcessType("web", "node web.js"), new ProcessType("worker", "node \"worker\".js")));
    }
}
