package io.procmodel.logplex;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made by the JDK's own tool: an authority, and what it signs. */
final class Certificates {
    private static final char[] PASSWORD = "password".toCharArray();

    private final Path directory;

    Certificates(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        authority("ca");
    }

    /** An authority that signs itself. */
    void authority(String name) throws IOException, InterruptedException {
        keytool(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "bc:c");
        keytool(name, "-exportcert", "-rfc", "-alias", name, "-file", pem(name).toString());
    }

    /** A certificate signed by the authority {@code ca}, for names such as {@code dns:localhost,ip:127.0.0.1}. */
    void signed(String name, String names, String startDate, int days) throws IOException, InterruptedException {
        Path request = directory.resolve(name + ".csr");
        keytool(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name);
        keytool(name, "-certreq", "-alias", name, "-file", request.toString());
        keytool(
                "ca",
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                pem(name).toString(),
                "-ext",
                "san=" + names,
                "-startdate",
                startDate,
                "-validity",
                String.valueOf(days));
        keytool(
                name,
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                pem("ca").toString());
        keytool(
                name,
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                pem(name).toString());
    }

    Path pem(String name) {
        return directory.resolve(name + ".pem");
    }

    Path keyStore(String name) {
        return directory.resolve(name + ".p12");
    }

    /** The private key of a certificate in a file, for peers that are not in Java. */
    Path key(String name) throws IOException, GeneralSecurityException {
        Key key = load(name).getKey(name, PASSWORD);
        Path file = directory.resolve(name + ".key");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        return file;
    }

    /** A context that shows the certificate {@code name} and trusts {@code trusted}; either may be empty. */
    SSLContext context(String name, String... trusted) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (!name.isEmpty()) {
            keys.init(load(name), PASSWORD);
        }
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        for (String authority : trusted) {
            trust.setCertificateEntry(authority, load(authority).getCertificate(authority));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        context.init(name.isEmpty() ? null : keys.getKeyManagers(), managers.getTrustManagers(), null);
        return context;
    }

    private KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore(name))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keyStore(store).toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", new String(PASSWORD), "-J-XX:TieredStopAtLevel=1"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + ": " + Files.readString(directory.resolve("keytool.log")));
        }
    }
}
