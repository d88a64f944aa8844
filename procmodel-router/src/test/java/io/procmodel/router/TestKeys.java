package io.procmodel.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost, made once by keytool, and clients that trust it. */
final class TestKeys {
    private static final String PASSWORD = "password";

    private TestKeys() {}

    /** Made when it is first asked for. */
    private static final class Made {
        private static final KeyStore STORE = make();
        private static final TrustManager[] TRUST = trust(STORE);
    }

    static KeyStore store() {
        return Made.STORE;
    }

    static char[] password() {
        return PASSWORD.toCharArray();
    }

    static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, Made.TRUST, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same connection, encrypted, with the handshake behind it. */
    static Socket encrypted(Socket plain, String protocol) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting().getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static TrustManager[] trust(KeyStore store) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore make() {
        try {
            Path directory = Files.createTempDirectory("procmodel-router-keys");
            Path file = directory.resolve("keys.p12");
            try {
                keytool(file);
                KeyStore keys = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    keys.load(in, password());
                }
                return quick(keys);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same in the memory, and not encrypted as well as on a disk: every router reads it anew. */
    private static KeyStore quick(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore quick = KeyStore.getInstance("JKS");
        quick.load(null, null);
        quick.setKeyEntry("a", keys.getKey("a", password()), password(), keys.getCertificateChain("a"));
        return quick;
    }

    private static void keytool(Path file) throws IOException, InterruptedException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options =
                "-genkeypair -keyalg EC -groupname secp256r1 -alias a -dname CN=localhost -ext SAN=dns:localhost -startdate -1d -storetype PKCS12"
                        + " -storepass " + PASSWORD + " -keystore";
        ProcessBuilder builder = new ProcessBuilder(program).redirectErrorStream(true);
        builder.command().addAll(java.util.List.of(options.split(" ", -1)));
        builder.command().add(file.toString());
        Process keytool = builder.start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }
}
