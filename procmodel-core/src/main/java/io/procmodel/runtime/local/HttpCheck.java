package io.procmodel.runtime.local;

import com.google.common.primitives.Ints;
import io.procmodel.policy.Readiness;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks a dyno for a path. */
final class HttpCheck implements ReadinessCheck {
    private static final int FIRST_READY = 200;
    private static final int FIRST_NOT_READY = 400;

    private final URI address;
    private final int timeoutMillis;
    private @Nullable HttpURLConnection open;
    private boolean aborted;

    HttpCheck(int port, Readiness.HttpPath asked) {
        this.address = URI.create("http://127.0.0.1:" + port + asked.path());
        this.timeoutMillis = Ints.saturatedCast(Math.max(1, TimeUnit.MILLISECONDS.convert(asked.timeout())));
    }

    @Override
    public boolean passes() throws IOException {
        HttpURLConnection connection = connect(address.toURL());
        try {
            if (isAborted(connection)) {
                return false;
            }
            int status = connection.getResponseCode();
            return status >= FIRST_READY && status < FIRST_NOT_READY;
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connect(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("User-Agent", "procmodel");
        connection.connect();
        return connection;
    }

    private synchronized boolean isAborted(HttpURLConnection connection) {
        open = connection;
        return aborted;
    }

    @Override
    public void abort() {
        HttpURLConnection connection;
        synchronized (this) {
            aborted = true;
            connection = open;
        }
        if (connection != null) {
            connection.disconnect();
        }
    }

    @Override
    public void close() {
        // Each try closes its own connection.
    }
}
