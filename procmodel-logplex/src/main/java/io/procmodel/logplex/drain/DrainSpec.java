package io.procmodel.logplex.drain;

import io.procmodel.log.LogEntry;
import io.procmodel.name.AppName;
import java.net.URI;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a target is made from.
 *
 * @param app whose lines go there
 * @param uri where they go
 * @param token the drain's token
 * @param tls what decides whom to trust; null for the system's choice
 * @param insecureAllowed whether {@code #insecure} may switch the checks off
 * @param bearer a token sent over HTTP instead of user and password
 * @param gzip whether HTTP bodies are compressed
 * @param format the form of lines in a file; null for Heroku's
 * @param turnover when a file is put aside
 * @param forceNanos how long written bytes may wait for the disk
 * @param timer calls back
 * @param ticker tells time
 */
public record DrainSpec(
        AppName app,
        URI uri,
        String token,
        @Nullable SSLContext tls,
        boolean insecureAllowed,
        @Nullable String bearer,
        boolean gzip,
        @Nullable Function<LogEntry, String> format,
        Turnover turnover,
        long forceNanos,
        WriteLimit.Timer timer,
        LongSupplier ticker) {}
