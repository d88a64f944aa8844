package io.procmodel.logplex;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Trusts one certificate, whoever signed it. */
final class PinnedCertificate implements X509TrustManager {
    private final X509Certificate pinned;

    PinnedCertificate(X509Certificate pinned) {
        this.pinned = pinned;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        if (!chain[0].equals(pinned)) {
            throw new CertificateException("not the pinned certificate");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("for servers only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
