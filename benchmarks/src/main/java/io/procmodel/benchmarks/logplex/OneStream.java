package io.procmodel.benchmarks.logplex;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.Logplex;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A logplex that brings the lines of all pipes into one stream, with a thread for each, as the local runtime reads dynos. */
final class OneStream implements PipeReader {
    static final AppName APP = AppName.of("shop");
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final long STACK_BYTES = 256 * 1024;

    @Override
    public String name() {
        return "logplex";
    }

    @Override
    public Reading start(List<Path> pipes) {
        Logplex logplex = Logplex.create();
        List<Thread> threads = readers(logplex, pipes);
        return new Reading() {
            @Override
            public long await() throws InterruptedException {
                for (Thread thread : threads) {
                    thread.join();
                }
                return logplex.channel(APP).stats().appended();
            }

            @Override
            public void close() {
                logplex.close();
            }
        };
    }

    /** Threads that have been started, each of which carries a pipe's bytes to a source of its own. */
    static List<Thread> readers(Logplex logplex, List<Path> pipes) {
        List<Thread> threads = new ArrayList<>();
        for (Path pipe : pipes) {
            LogSource source = logplex.open(APP, LogOrigin.app("web." + (threads.size() + 1)));
            Thread thread = new Thread(null, () -> pump(pipe, source), "reader", STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private static void pump(Path pipe, LogSource source) {
        try (FileChannel channel = FileChannel.open(pipe, StandardOpenOption.READ);
                source) {
            ByteBuffer buffer = source.buffer(BUFFER_BYTES);
            while (channel.read(buffer) >= 0) {
                source.write(buffer.flip());
                buffer.clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
