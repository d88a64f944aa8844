/**
 * Git repositories as sources, and git push as a deploy. Start at {@code io.procmodel.git.GitSource} and
 * {@code io.procmodel.git.GitServer}.
 */
@SuppressWarnings({"module", "requires-automatic"})
module io.procmodel.git {
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires transitive io.procmodel.core;
    requires static transitive org.jspecify;

    exports io.procmodel.git;
}
