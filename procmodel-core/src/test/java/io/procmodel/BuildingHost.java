package io.procmodel;

import io.procmodel.build.Source;
import io.procmodel.runtime.Isolation;
import java.nio.file.Path;

/** The host program that {@link BuildsIT} kills while it builds. */
public final class BuildingHost {
    private BuildingHost() {}

    /**
     * Builds, and prints what the build says.
     *
     * @param args the home, the source and the buildpack
     */
    public static void main(String[] args) {
        App shop = Platform.builder()
                .isolation(Isolation.NONE)
                .home(Path.of(args[0]))
                .open()
                .createApp("shop");
        shop.buildpacks().set(args[2]);
        shop.build(Source.directory(Path.of(args[1])), System.out::println);
    }
}
