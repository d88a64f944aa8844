package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BLD-10, BLD-11. */
class SlugIgnoreTest {
    private static boolean leavesOut(String line, String path) {
        boolean directory = path.endsWith("/");
        return SlugIgnore.parse(line).leavesOut(directory ? path.substring(0, path.length() - 1) : path, directory);
    }

    @ParameterizedTest(name = "{0} names {1}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    *.log            | a.log
                    *.log            | deep/in/a.log
                    *.log            | .log
                    test             | test/
                    test             | lib/test/
                    test             | lib/test
                    /test            | test
                    docs/*.md        | docs/a.md
                    docs/            | docs/
                    a/**/z           | a/z
                    a/**/z           | a/b/c/z
                    **/z             | z
                    **/z             | a/b/z
                    a/**             | a/b/c
                    ?.txt            | é.txt
                    ?.txt            | 𝄞.txt
                    [a-c]x           | bx
                    [!a-c]x          | dx
                    [^a-c]x          | dx
                    []]x             | ]x
                    [a&&b]           | &
                    \\*              | *
                    \\#a             | #a
                    a b              | a b
                    a#b              | a#b
                    a.b              | a.b
                    {a,b}            | {a,b}
                    *.log # old logs | a.log
                    """)
    void namesThePath(String line, String path) {
        assertThat(leavesOut(line, path)).isTrue();
    }

    @ParameterizedTest(name = "{0} does not name {1}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    *.log       | a.logs
                    *.log       | a.log/b
                    /test       | lib/test
                    docs/*.md   | docs/deep/a.md
                    docs/*.md   | lib/docs/a.md
                    docs/       | docs
                    docs/       | lib/docs/
                    a*z         | a/z
                    a?z         | a/z
                    a[!b]z      | a/z
                    a/**/z      | b/a/z
                    a.b         | axb
                    [a&&b]      | c
                    # test      | test
                    ../outside  | outside
                    /           | a
                    """)
    void doesNotNameThePath(String line, String path) {
        assertThat(leavesOut(line, path)).isFalse();
    }

    @Test
    void readsBlankLinesCommentsAnyLineEndAndAByteOrderMark() {
        SlugIgnore ignore = SlugIgnore.parse("\uFEFFone\r\n\r\n# two\n   \n\tthree \n");

        assertThat(ignore.leavesOut("one", false)).isTrue();
        assertThat(ignore.leavesOut("two", false)).isFalse();
        assertThat(ignore.leavesOut("three", false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a*a*a*a*a*a*a*a*a*a*b", "**/a/**/a/**/a/**/a/**/a/**/a/**/a/**/b"})
    void refusesAGlobThatTakesForEver(String glob) {
        SlugIgnore ignore = SlugIgnore.parse("fine\n" + glob + "\n");
        String path = glob.startsWith("**") ? "a/".repeat(120) + "c" : "a".repeat(250);

        assertThatThrownBy(() -> ignore.leavesOut(path, false))
                .isInstanceOf(SlugIgnoreException.class)
                .hasMessageStartingWith(".slugignore:2:1: \"" + glob + "\" takes too long to match with a");
    }

    @ParameterizedTest
    @CsvSource({
        "!keep.log, 1, 'negation with ! is not supported'",
        "'  !keep', 3, 'negation with ! is not supported'",
        "'a[b',     2, 'has a [ without its ]'",
        "'/x/[',    4, 'has a [ without its ]'",
        "'a\\',     2, 'ends in a \\'",
        "'[z-a]',   1, 'is not a glob'",
    })
    void refusesALineThatIsNoGlobAndSaysWhereItIs(String line, int column, String reason) {
        assertThatThrownBy(() -> SlugIgnore.parse("fine\n\n" + line + "\n"))
                .isInstanceOfSatisfying(SlugIgnoreException.class, e -> {
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.column()).isEqualTo(column);
                })
                .hasMessageStartingWith(".slugignore:3:" + column + ": \"")
                .hasMessageContaining(reason);
    }
}
