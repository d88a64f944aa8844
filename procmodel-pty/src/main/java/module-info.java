/** Pseudo-terminals for attached dynos. Start at {@code io.procmodel.pty.PtyTerminals}. */
@SuppressWarnings({"module", "requires-automatic"})
module io.procmodel.pty {
    requires transitive io.procmodel.core;
    requires kotlin.stdlib;
    requires pty4j;
    requires static transitive org.jspecify;

    exports io.procmodel.pty;
}
