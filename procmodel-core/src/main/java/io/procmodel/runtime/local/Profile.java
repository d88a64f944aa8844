package io.procmodel.runtime.local;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an app wants to be read before each of its commands: {@code .profile.d/*.sh}, then {@code .profile}, both in the
 * shell and in the directory of the app (Heroku: DYN-36). What they export wins over the config vars (DYN-38).
 */
final class Profile {
    private static final String DIRECTORY = ".profile.d";
    private static final String FILE = ".profile";

    private static final String SOURCING =
            "for file in .profile.d/*.sh .profile; do [ ! -f \"$file\" ] || . \"./$file\"; done\n";

    private Profile() {}

    /** The command that reads the profile and then becomes {@code command}; that itself if the app has no profile. */
    static String before(String command, Path app) {
        if (!Files.isDirectory(app.resolve(DIRECTORY)) && !Files.isRegularFile(app.resolve(FILE))) {
            return command;
        }
        return SOURCING + "exec \"${BASH:-sh}\" -c '" + command.replace("'", "'\\''") + "'";
    }
}
