package io.procmodel.procfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SplittableRandom;

/** Texts that look enough like the real thing to reach every branch, from a seed alone. */
final class TextGenerator {
    private static final String[] TOKENS = {
        "web",
        "worker",
        "release",
        "Web_1",
        "-x",
        "a",
        "1",
        ".",
        "export",
        "export ",
        "echo \"web: ",
        "heroku ",
        "A",
        "B",
        "PATH",
        ":",
        ": ",
        " : ",
        "::",
        "=",
        " = ",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\\",
        "\\\n",
        "\\\\",
        "\\n",
        "#",
        " #",
        "# c",
        "//",
        " // c",
        "%",
        "'",
        "\"",
        "`",
        "'\\''",
        "\\\"",
        "|",
        ">-",
        "---",
        "- ",
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> x",
        "$A",
        "${A}",
        "${B:-",
        "${A:?x}",
        "}",
        "$(",
        "$$",
        "{{ x }}",
        "{%",
        "\uFEFF",
        "\0",
        "\u0007",
        "\u00A0",
        "\u2028",
        "\u000B",
        "\f",
        "\u0085",
        "é",
        "😀",
        "\uD800",
        "\uFF1A",
        "node server.js --port $PORT",
        "a".repeat(70)
    };
    private static final String[] FORMATION_TOKENS = {
        "web",
        "worker",
        "release",
        "all",
        "nosuch",
        "=",
        "=",
        "+",
        "-",
        ":",
        ",",
        " ",
        "0",
        "1",
        "2",
        "10",
        "2147483647",
        "99999999999",
        "2x",
        "standard-2x",
        "PX",
        "\n",
        "é",
        "_",
        "\u0660",
        "\0"
    };

    private final SplittableRandom random;
    private final List<String> corpus;

    TextGenerator(long seed, List<String> corpus) {
        this.random = new SplittableRandom(seed);
        this.corpus = corpus;
    }

    String text() {
        return corpus.isEmpty() || random.nextInt(3) > 0 ? tokens(TOKENS, 24) : mutation();
    }

    String formation() {
        return tokens(FORMATION_TOKENS, 12);
    }

    byte[] bytes() {
        byte[] bytes = text().getBytes(UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String tokens(String[] tokens, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most); left > 0; left--) {
            text.append(tokens[random.nextInt(tokens.length)]);
        }
        return text.toString();
    }

    private String mutation() {
        StringBuilder text = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
        if (text.length() > 600) {
            int start = random.nextInt(text.length() - 500);
            text = new StringBuilder(text.substring(start, start + 500));
        }
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            mutate(text);
        }
        return text.toString();
    }

    private void mutate(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(20));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, to);
            case 1 -> text.insert(at, text.substring(at, to));
            case 2 -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
            default -> text.replace(at, to, TOKENS[random.nextInt(TOKENS.length)]);
        }
    }
}
