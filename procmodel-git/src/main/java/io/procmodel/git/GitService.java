package io.procmodel.git;

import java.util.Arrays;
import java.util.Optional;

/** What a client wants of a repository. */
enum GitService {
    /** To push. */
    RECEIVE("git-receive-pack"),
    /** To fetch or clone. */
    UPLOAD("git-upload-pack");

    private final String word;

    GitService(String word) {
        this.word = word;
    }

    static Optional<GitService> named(String word) {
        return Arrays.stream(values())
                .filter(service -> service.word.equals(word))
                .findFirst();
    }

    String word() {
        return word;
    }

    String advertisementType() {
        return "application/x-" + word + "-advertisement";
    }

    String resultType() {
        return "application/x-" + word + "-result";
    }
}
