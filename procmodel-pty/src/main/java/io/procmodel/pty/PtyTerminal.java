package io.procmodel.pty;

import com.pty4j.WinSize;
import com.pty4j.unix.Pty;
import io.procmodel.runtime.Terminal;
import io.procmodel.runtime.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The host's side of one pseudo-terminal. */
final class PtyTerminal implements Terminal {
    private final Pty pty;

    PtyTerminal(Pty pty) {
        this.pty = pty;
    }

    @Override
    public String device() {
        return pty.getSlaveName();
    }

    @Override
    public OutputStream keyboard() {
        return new PtyKeyboard(pty);
    }

    @Override
    public InputStream screen() {
        return pty.getInputStream();
    }

    @Override
    public void resize(TerminalSize size) throws IOException {
        if (pty.isClosed()) {
            throw new IOException(device() + " is closed");
        }
        try {
            pty.setWindowSize(new WinSize(size.columns(), size.rows()), null);
        } catch (LinkageError e) {
            throw new IOException("the window of " + device() + " could not be resized", e);
        }
    }

    @Override
    public void close() throws IOException {
        pty.close();
    }
}
