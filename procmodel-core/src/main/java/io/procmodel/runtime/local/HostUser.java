package io.procmodel.runtime.local;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Who this JVM runs as, as Linux tells.
 *
 * @param uid the effective user id
 * @param gid the effective group id
 */
record HostUser(String uid, String gid) {
    private static final Splitter WORDS = Splitter.onPattern("\\s+");
    private static final int EFFECTIVE = 2;

    static Optional<HostUser> ofThisProcess() {
        try {
            List<String> lines = Files.readAllLines(ProcFiles.PROC.resolve("self/status"));
            return value(lines, "Uid:").flatMap(uid -> value(lines, "Gid:").map(gid -> new HostUser(uid, gid)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> WORDS.splitToList(line).get(EFFECTIVE))
                .findFirst();
    }

    boolean isRoot() {
        return "0".equals(uid);
    }
}
