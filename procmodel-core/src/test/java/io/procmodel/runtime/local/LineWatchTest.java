package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.log.LogSource;
import io.procmodel.runtime.ObservedDyno;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LineWatchTest {
    private final AtomicInteger ready = new AtomicInteger();
    private final ObservedDyno output = new ObservedDyno();

    private static void print(LogSource source, String text) {
        source.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private void portOpened(LineWatch watch) {
        watch.portOpened(ready::incrementAndGet);
    }

    @Test
    void aLineMayComeInAnyNumberOfPieces() {
        LineWatch watch = new LineWatch("^bereit für \\d+$");
        LogSource source = watch.watching(output);
        portOpened(watch);

        byte[] bytes = "noch nicht\nbereit für 80\n".getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(ready).hasValue(0);
            source.write(ByteBuffer.wrap(bytes, i, 1));
        }

        assertThat(ready).hasValue(1);
        assertThat(output.output()).isEqualTo("noch nicht\nbereit für 80\n");
    }

    @Test
    void itIsReadyOnceWhicheverComesFirst() {
        LineWatch watch = new LineWatch("ready");
        LogSource source = watch.watching(output);

        print(source, "ready\nready\n");
        assertThat(ready).hasValue(0);
        portOpened(watch);
        print(source, "ready\n");

        assertThat(ready).hasValue(1);
    }

    @Test
    void aLineWithoutItsEndIsNone() {
        LineWatch watch = new LineWatch("ready");
        LogSource source = watch.watching(output);
        portOpened(watch);

        print(source, "ready");
        assertThat(ready).hasValue(0);
        print(source, " or not\n");

        assertThat(ready).hasValue(1);
    }

    @Test
    void nothingIsReadyAfterACancel() {
        LineWatch watch = new LineWatch("ready");
        LogSource source = watch.watching(output);
        portOpened(watch);
        watch.cancel();

        print(source, "ready\n");

        assertThat(ready).hasValue(0);
        assertThat(output.output()).isEqualTo("ready\n");
    }

    @Test
    void onlyTheBeginOfALongLineIsKept() {
        LineWatch watch = new LineWatch("ready");
        LogSource source = watch.watching(output);
        portOpened(watch);

        print(source, "x".repeat(8 * 1024) + "ready\n");
        assertThat(ready).hasValue(0);
        print(source, "ready" + "x".repeat(100_000) + "\n");

        assertThat(ready).hasValue(1);
    }

    @Test
    void anExpressionThatIsTooMuchForTheStackFindsNothing() throws InterruptedException {
        LineWatch watch = new LineWatch("^(a|b)*c$");
        LogSource source = watch.watching(output);
        portOpened(watch);
        Thread small = new Thread(null, () -> print(source, "ab".repeat(5_000) + "\nabc\n"), "small", 128 * 1024);
        small.start();
        small.join(60_000);

        assertThat(ready).hasValue(1);
    }
}
