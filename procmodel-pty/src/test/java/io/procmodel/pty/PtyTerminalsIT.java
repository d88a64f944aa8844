package io.procmodel.pty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.runtime.Terminal;
import io.procmodel.runtime.TerminalSize;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The host's side of a terminal. */
@EnabledOnOs(OS.LINUX)
class PtyTerminalsIT {
    @Test
    void aPartOfAnArrayIsTyped() throws Exception {
        try (Terminal terminal = new PtyTerminals().open(TerminalSize.USUAL)) {
            Process reader = new ProcessBuilder(
                            "sh",
                            "-c",
                            "exec <\"$1\"; stty size; read -r line; echo \"$line\"",
                            "sh",
                            terminal.device())
                    .start();
            terminal.keyboard().write("12 typed\n34".getBytes(US_ASCII), 3, 6);

            assertThat(new String(reader.getInputStream().readAllBytes(), US_ASCII))
                    .isEqualTo("24 80\ntyped\n");
            assertThat(reader.waitFor()).isZero();
        }
    }

    @Test
    void aClosedTerminalSaysSo() throws IOException {
        Terminal terminal = new PtyTerminals().open(TerminalSize.USUAL);
        OutputStream keyboard = terminal.keyboard();
        terminal.close();
        terminal.close();

        assertThatThrownBy(() -> keyboard.write('a'))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(terminal.device())
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> terminal.resize(TerminalSize.USUAL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThat(terminal.screen().read(new byte[1])).isEqualTo(-1);
    }
}
