package io.procmodel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers all texts that came out of the library while it was there: answers, exceptions with all they hold, and logs. */
public final class SecretTrap implements AutoCloseable {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            seen.add(event.getFormattedMessage() + "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };

    /** Listens to every logger. */
    public SecretTrap() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            appender.setContext(context);
            appender.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        }
    }

    /** Remembers a text. */
    public void add(Object text) {
        seen.add(String.valueOf(text));
    }

    /** Remembers what a call gives. */
    public <T> T given(Callable<T> call) {
        try {
            T result = call.call();
            add(result);
            return result;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Remembers what a call gives or throws, with causes, what was suppressed and the whole stack. */
    public void see(Callable<?> call) {
        Throwable error = catchThrowable(() -> add(call.call()));
        if (error == null) {
            return;
        }
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        add(text);
    }

    /** None of it holds the secret. */
    public void requireNone(String secret) {
        assertThat(seen).isNotEmpty().noneMatch(text -> text.contains(secret));
    }

    /** Something of it holds that text. */
    public void requireSome(String text) {
        assertThat(seen).anyMatch(each -> each.contains(text));
    }

    /** The files under a directory that hold the secret. */
    public static List<String> files(Path directory, String secret) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, secret))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
        }
        appender.stop();
    }
}
