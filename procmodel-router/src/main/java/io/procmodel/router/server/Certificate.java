package io.procmodel.router.server;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.procmodel.error.InvalidValueException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/** A key and its certificates, ready to speak TLS 1.2 and 1.3 with, HTTP/2 preferred. */
public final class Certificate {
    private final SslContext context;

    private Certificate(SslContext context) {
        this.context = context;
    }

    /**
     * From a key store.
     *
     * @throws InvalidValueException if it holds no usable key
     */
    public static Certificate of(KeyStore keys, char[] password) {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            return of(SslContextBuilder.forServer(managers));
        } catch (GeneralSecurityException e) {
            throw unusable("key store", e);
        }
    }

    /**
     * From PEM files.
     *
     * @throws InvalidValueException if they hold no usable key
     */
    public static Certificate of(Path chain, Path key) {
        try {
            return of(SslContextBuilder.forServer(chain.toFile(), key.toFile()));
        } catch (IllegalArgumentException e) {
            throw unusable("certificate files", e);
        }
    }

    private static Certificate of(SslContextBuilder builder) {
        try {
            return new Certificate(builder.sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build());
        } catch (SSLException e) {
            throw unusable("certificate", e);
        }
    }

    private static InvalidValueException unusable(String what, Exception cause) {
        InvalidValueException error = new InvalidValueException(
                what, String.valueOf(cause.getMessage()), "one private key and its certificates");
        error.initCause(cause);
        return error;
    }

    SslContext context() {
        return context;
    }
}
