package io.procmodel.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.name.AppName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSinkTest {
    private static final AppName SHOP = AppName.of("shop");
    private static final LogOrigin WEB = LogOrigin.app("web.1");

    private final List<String> events = new ArrayList<>();

    @Test
    void discardingConsumesTheChunk() {
        ByteBuffer chunk = ByteBuffer.wrap("lost".getBytes(UTF_8));
        try (LogSource source = LogSink.discarding().open(SHOP, WEB)) {
            source.write(chunk);
        }

        assertThat(chunk.hasRemaining()).isFalse();
    }

    @Test
    void teeGivesBothSinksEveryByteAndConsumesTheChunk() {
        ByteBuffer chunk = ByteBuffer.wrap("both".getBytes(UTF_8));
        try (LogSource source = LogSink.tee(recording("a"), recording("b")).open(SHOP, WEB)) {
            source.write(chunk);
            source.line("grüß");
        }

        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(events).containsExactly("b both", "a both", "b grüß\n", "a grüß\n", "a closed", "b closed");
    }

    @Test
    void teeServesTheSecondSinkWhenTheFirstBreaksItsPromise() {
        LogSource source = LogSink.tee(failing(), recording("b")).open(SHOP, WEB);

        assertThatThrownBy(() -> source.line("x")).hasMessage("broken");
        assertThatThrownBy(source::close).hasMessage("broken");
        assertThat(events).containsExactly("b x\n", "b closed");
    }

    @Test
    void teeClosesTheFirstSourceWhenTheSecondCannotBeOpened() {
        LogSink tee = LogSink.tee(recording("a"), (app, origin) -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> tee.open(SHOP, WEB)).hasMessage("no");
        assertThat(events).containsExactly("a closed");
    }

    private LogSink recording(String name) {
        return (app, origin) -> new LogSource() {
            @Override
            public void write(ByteBuffer chunk) {
                events.add(name + " " + UTF_8.decode(chunk));
            }

            @Override
            public void close() {
                events.add(name + " closed");
            }
        };
    }

    private static LogSink failing() {
        return (app, origin) -> new LogSource() {
            @Override
            public void write(ByteBuffer chunk) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void close() {
                throw new IllegalStateException("broken");
            }
        };
    }
}
