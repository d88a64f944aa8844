package io.procmodel;

import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Path;

/** A host program that opens a home and holds it until its input ends, or says why it cannot. */
public final class HomeHolder {
    private HomeHolder() {}

    /**
     * Holds a home.
     *
     * @param args the home
     */
    public static void main(String[] args) throws IOException {
        try (Platform platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(Path.of(args[0]))
                .open()) {
            System.out.println("open " + platform.apps());
            while (System.in.read() >= 0) {
                // Held until the other side closes the pipe.
            }
        } catch (HomeInUseException e) {
            System.out.println(e.getMessage());
        }
    }
}
