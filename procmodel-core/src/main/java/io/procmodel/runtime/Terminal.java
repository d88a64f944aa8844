package io.procmodel.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A pseudo-terminal of this machine: a dyno opens its device, the host holds the other side. Thread-safe. */
public interface Terminal extends AutoCloseable {
    /** The path of the device, such as {@code /dev/pts/7}: a session leader that opens it has it as its terminal. */
    String device();

    /** What is typed. */
    OutputStream keyboard();

    /** What is shown; it ends when the last process has closed the device. */
    InputStream screen();

    /**
     * Changes the window's size, which the programs in it are told (SIGWINCH).
     *
     * @throws IOException if the system refuses
     */
    void resize(TerminalSize size) throws IOException;

    /** Gives the terminal back; what still runs in it is hung up on. */
    @Override
    void close() throws IOException;
}
