package io.procmodel.router.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.procmodel.router.head.Refusal;
import io.procmodel.router.head.RequestGuard;
import io.procmodel.router.head.StreamGuard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's side: one HTTP/1 connection with one request after another, or one HTTP/2 stream with one request. */
public final class FrontHandler extends ChannelInboundHandlerAdapter implements Client {
    private static final Logger LOG = LoggerFactory.getLogger(FrontHandler.class);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Shared shared;
    private final Loop loop;
    private final boolean https;
    private final @Nullable RequestGuard guard;
    private final @Nullable ResponseEncoder encoder;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private @Nullable ClientSide side;
    private boolean overLimit;
    private boolean counted;
    private boolean bodyPaused;
    private long idleSince = System.nanoTime();
    private long lingerUntil;

    /** The side of an HTTP/1 connection whose pipeline {@link #addHttp1} fills. */
    private FrontHandler(Shared shared, Loop loop, boolean https, RequestGuard guard, ResponseEncoder encoder) {
        this.shared = shared;
        this.loop = loop;
        this.https = https;
        this.guard = guard;
        this.encoder = encoder;
    }

    /** The side of an HTTP/2 stream, behind a codec that makes HTTP/1 objects of its frames. */
    public FrontHandler(Shared shared, Loop loop) {
        this.shared = shared;
        this.loop = loop;
        this.https = true;
        this.guard = null;
        this.encoder = null;
    }

    /** Makes a connection one that speaks HTTP/1. */
    public static void addHttp1(Channel channel, Shared shared, Loop loop, boolean https) {
        RequestGuard guard = new RequestGuard();
        ResponseEncoder encoder = new ResponseEncoder();
        FrontHandler front = new FrontHandler(shared, loop, https, guard, encoder);
        channel.pipeline().addLast(guard, RequestDecoders.strict(), encoder, front);
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("client connection: not in a pipeline");
        }
        return context;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (added.channel().isActive()) {
            open();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        open();
        active.fireChannelActive();
    }

    private void open() {
        if (!counted) {
            counted = true;
            loop.add(this);
            overLimit =
                    isHttp1() && shared.tally().clientCame() > shared.counts().clients();
        }
    }

    boolean isHttp1() {
        return guard != null;
    }

    boolean isOverLimit() {
        return overLimit;
    }

    ClientSide side() {
        if (side == null) {
            side = describe(context().channel());
        }
        return side;
    }

    private ClientSide describe(Channel channel) {
        Channel connection = isHttp1() ? channel : channel.parent();
        SocketAddress remote = connection.remoteAddress();
        String peer = remote instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "unknown";
        int port = connection.localAddress() instanceof InetSocketAddress local ? local.getPort() : 0;
        SslHandler ssl = connection.pipeline().get(SslHandler.class);
        String tls = ssl == null ? "unknown" : ssl.engine().getSession().getProtocol();
        return new ClientSide(
                peer,
                https ? "https" : "http",
                Integer.toString(port),
                isHttp1() ? "http1.1" : "http2.0",
                tls.toLowerCase(Locale.ROOT).replace("v", ""));
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        if (message instanceof FullHttpRequest whole) {
            startWhole(whole);
        } else if (message instanceof HttpRequest request) {
            start(request);
        } else if (message instanceof HttpContent content) {
            content(content);
        } else if (message instanceof Refusal refusal) {
            refused(refusal);
        } else if (message instanceof ByteBuf bytes && exchange != null) {
            exchange.fromClient(bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /** A stream whose first frame is its last one: an exchange sees a head and an end nevertheless. */
    private void startWhole(FullHttpRequest whole) {
        HttpRequest head =
                new DefaultHttpRequest(whole.protocolVersion(), whole.method(), whole.uri(), whole.headers());
        head.setDecoderResult(whole.decoderResult());
        whole.release();
        start(head);
        content(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void start(HttpRequest request) {
        if (exchange != null || lingerUntil != 0) {
            ReferenceCountUtil.release(request);
            return;
        }
        if (!request.decoderResult().isSuccess()) {
            refused(Refusal.of(400, Refusal.BAD_HEADER));
            return;
        }
        Refusal refusal = isHttp1() ? null : StreamGuard.check(request);
        if (refusal != null) {
            refused(refusal);
            return;
        }
        Exchange next = new Exchange(this, loop, shared, request);
        exchange = next;
        next.begin();
    }

    private void content(HttpContent content) {
        Exchange current = exchange;
        if (current == null) {
            content.release();
            if (!isHttp1()) { // a head without a method looks like a trailer to the codec
                refused(Refusal.of(400, Refusal.BAD_HEADER));
            }
        } else if (!content.decoderResult().isSuccess()) {
            content.release();
            current.badBody();
        } else {
            current.requestContent(content);
        }
    }

    /** Of a head that is no head, as much is made as a log line and an error page need. */
    private void refused(Refusal refusal) {
        if (lingerUntil != 0) {
            return;
        }
        if (exchange != null) {
            exchange.badBody();
            return;
        }
        HttpRequest request = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(refusal.method().isEmpty() ? "-" : refusal.method()),
                refusal.target().isEmpty() ? "/" : refusal.target());
        Exchange next = new Exchange(this, loop, shared, request);
        exchange = next;
        next.refuse(refusal);
    }

    // What an exchange does to its client.

    void expectResponse(boolean toHead) {
        if (encoder != null) {
            encoder.expect(toHead);
        }
    }

    void write(Object message) {
        context().write(message, isHttp1() ? context().voidPromise() : context().newPromise());
    }

    void flush() {
        context().flush();
    }

    boolean isWritable() {
        return context().channel().isWritable();
    }

    /** Changes when bytes have gone out to a client that could not take them at first. */
    long backlog() {
        return context().channel().bytesBeforeWritable();
    }

    /** Has a dyno say no more while the client cannot take what it has said. */
    void holdUp(BackHandler back, Progress progress) {
        if (!isWritable()) {
            flush();
            if (!isWritable()) {
                back.read(false);
                progress.clientIsFull(backlog());
            }
        }
    }

    void pauseBody(boolean pause) {
        bodyPaused = pause;
        if (guard != null) {
            guard.pause(pause);
        }
        adjustReading();
    }

    private void adjustReading() {
        boolean full = guard != null && guard.isFull();
        context().channel().config().setAutoRead(!bodyPaused && !full);
    }

    /** What comes from now on is bytes. */
    void becomeTunnel() {
        if (guard != null && encoder != null) {
            context().pipeline().remove(HttpRequestDecoder.class);
            context().pipeline().remove(encoder);
            guard.tunnel();
        }
    }

    void read(boolean on) {
        context().channel().config().setAutoRead(on);
    }

    void shutdownOutput() {
        flush();
        if (isHttp1()) {
            endOutput();
        } else {
            context().close();
        }
    }

    /** The exchange has ended well enough for the next one. */
    void next() {
        exchange = null;
        flush();
        if (guard == null) {
            return;
        }
        idleSince = System.nanoTime();
        bodyPaused = false;
        guard.next();
        adjustReading();
    }

    /**
     * The exchange has ended, and the client has been told all there is, but more of it may be on its way: closing now
     * would reset the connection under the answer.
     */
    void closeGently() {
        exchange = null;
        lingerUntil = System.nanoTime() + LINGER_NANOS;
        if (guard == null) {
            endStream();
            return;
        }
        guard.discard();
        bodyPaused = false;
        read(true);
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput());
    }

    /** The client is told that nobody reads the rest of its request (RFC 9113, section 8.1). */
    private void endStream() {
        context()
                .writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void endOutput() {
        SslHandler ssl = context().pipeline().get(SslHandler.class);
        if (ssl != null) {
            ssl.closeOutbound();
        } else if (context().channel() instanceof DuplexChannel duplex && !duplex.isOutputShutdown()) {
            duplex.shutdownOutput();
        }
    }

    /** The exchange has ended in the middle of its response: nothing may look like its end. */
    void cut() {
        exchange = null;
        flush();
        context().close();
    }

    // What happens to the connection.

    @Override
    public void channelReadComplete(ChannelHandlerContext ignored) {
        if (exchange != null) {
            exchange.flushToDyno();
        }
        if (guard != null && guard.isFull()) {
            adjustReading();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ignored) {
        if (exchange != null) {
            exchange.clientWritable(isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ignored, Object event) {
        if (event instanceof Http2ResetFrame) { // told at once, even if what came before it is not read yet
            if (exchange != null) {
                exchange.clientGone();
            }
            context().close();
        } else if (event instanceof ChannelInputShutdownEvent) {
            if (exchange != null) {
                exchange.clientHalfClosed();
            } else {
                context().close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ignored) {
        loop.remove(this);
        if (counted && isHttp1()) {
            shared.tally().clientLeft();
        }
        if (exchange != null) {
            exchange.clientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
        boolean undecodable = cause instanceof DecoderException || cause instanceof Http2Exception;
        if (cause instanceof DecoderException && !isHttp1() && exchange == null) {
            refused(Refusal.of(400, Refusal.BAD_HEADER));
            return;
        }
        if (!undecodable && !(cause instanceof IOException)) {
            shared.tally().fault();
            LOG.warn("a client connection failed", cause);
        }
        context().close();
    }

    @Override
    public void tick(long now) {
        if (lingerUntil != 0) {
            if (now - lingerUntil > 0) {
                context().close();
            }
        } else if (exchange != null) {
            exchange.tick(now);
        } else if (guard != null && guard.headSince() != 0) {
            if (now - guard.headSince() > shared.times().head().toNanos()) {
                guard.discard();
                refused(Refusal.of(408, "slow head"));
            }
        } else if (now - idleSince > shared.times().idleClient().toNanos()) {
            context().close();
        }
    }

    @Override
    public void closeIfIdle() {
        if (exchange == null && guard != null) {
            context().close();
        }
    }

    @Override
    public void forceClose() {
        if (exchange != null) {
            exchange.forceClose();
        }
        context().close();
    }
}
