package io.procmodel.pty;

import com.pty4j.unix.Pty;
import io.procmodel.runtime.Terminal;
import io.procmodel.runtime.TerminalSize;
import io.procmodel.runtime.Terminals;
import java.io.IOException;

/**
 * Terminals of this machine, made by pty4j: {@code Platform.builder().terminals(new PtyTerminals())}. They need no program of
 * the machine, and the grace of a stop is that of the policy. pty4j loads native code, of which JDK 24 and later warn unless
 * the host is started with {@code --enable-native-access}. Thread-safe.
 */
public final class PtyTerminals implements Terminals {
    /** Creates a source of terminals; native code is loaded when the first one is opened. */
    public PtyTerminals() {}

    /**
     * Makes a terminal.
     *
     * @throws IOException if the system has none left, or if pty4j has no native code for this machine
     */
    @Override
    public Terminal open(TerminalSize size) throws IOException {
        PtyTerminal terminal = new PtyTerminal(pty());
        try {
            terminal.resize(size);
            return terminal;
        } catch (IOException e) {
            terminal.close();
            throw e;
        }
    }

    private static Pty pty() throws IOException {
        try {
            return new Pty();
        } catch (LinkageError e) {
            throw new IOException("no terminal: pty4j's native code does not load on this machine", e);
        }
    }
}
