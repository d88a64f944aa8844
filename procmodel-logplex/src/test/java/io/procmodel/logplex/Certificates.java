package io.procmodel.logplex;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of a test: the authority {@code ca}, others, and what they sign. */
final class Certificates {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final Duration DAY = Duration.ofDays(1);

    private final Path directory;
    private final Map<String, Identity> identities = new HashMap<>();
    private int serial;

    /** A key and its certificates, its own first and the authority that is trusted left out. */
    private record Identity(PrivateKey key, List<X509Certificate> chain, String issuer) {
        X509Certificate certificate() {
            return chain.get(0);
        }
    }

    /** Files that are asked for are written to the directory. */
    Certificates(Path directory) throws GeneralSecurityException, IOException, OperatorCreationException {
        this.directory = directory;
        authority("ca");
    }

    /** An authority that signs itself. */
    void authority(String name) throws GeneralSecurityException, IOException, OperatorCreationException {
        issue(name, name, null, Instant.now().minus(DAY), 30);
    }

    /** An authority that another one has signed. */
    void authority(String name, String issuer) throws GeneralSecurityException, IOException, OperatorCreationException {
        issue(name, issuer, null, Instant.now().minus(DAY), 30);
    }

    /** A certificate of {@code ca} for a host, valid from some days ago on and for so many days. */
    void signed(String name, String host, int daysAgo, int days)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        issue(name, "ca", host, Instant.now().minus(DAY.multipliedBy(daysAgo)), days);
    }

    /** A certificate of some authority for a host. */
    void signedBy(String issuer, String name, String host)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        issue(name, issuer, host, Instant.now().minus(DAY), 30);
    }

    /** The certificate itself. */
    X509Certificate certificate(String name) {
        return identity(name).certificate();
    }

    /** A file with the certificate, for peers that are not in Java. */
    Path pem(String name) throws IOException, GeneralSecurityException {
        return write(name + ".pem", "CERTIFICATE", certificate(name).getEncoded());
    }

    /** A file with the private key. */
    Path key(String name) throws IOException {
        return write(name + ".key", "PRIVATE KEY", identity(name).key.getEncoded());
    }

    /** A context that shows the certificate {@code name} and trusts {@code trusted}; either may be empty. */
    SSLContext context(String name, String... trusted) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (!name.isEmpty()) {
            KeyStore store = emptyStore();
            store.setKeyEntry(
                    name, identity(name).key, PASSWORD, identity(name).chain.toArray(Certificate[]::new));
            keys.init(store, PASSWORD);
        }
        KeyStore trust = emptyStore();
        for (String authority : trusted) {
            trust.setCertificateEntry(authority, certificate(authority));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        context.init(name.isEmpty() ? null : keys.getKeyManagers(), managers.getTrustManagers(), null);
        return context;
    }

    private void issue(String name, String issuer, String host, Instant from, int days)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(++serial),
                Date.from(from),
                Date.from(from.plus(DAY.multipliedBy(days))),
                new X500Name("CN=" + name),
                pair.getPublic());
        if (host == null) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        } else {
            GeneralName alternative = new GeneralName(GeneralName.dNSName, host);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
        }
        boolean itself = name.equals(issuer);
        PrivateKey signer = itself ? pair.getPrivate() : identity(issuer).key;
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))));
        if (!itself && !identity(issuer).issuer.equals(issuer)) {
            chain.addAll(identity(issuer).chain);
        }
        identities.put(name, new Identity(pair.getPrivate(), chain, issuer));
    }

    private Identity identity(String name) {
        Identity identity = identities.get(name);
        if (identity == null) {
            throw new IllegalArgumentException("no certificate " + name);
        }
        return identity;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private Path write(String file, String kind, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(file), "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
