package io.procmodel.router.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.util.ReferenceCountUtil;
import io.procmodel.router.exchange.Client;
import io.procmodel.router.exchange.Loop;
import io.procmodel.router.exchange.Shared;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection apart from its streams: counted among the clients, closed if there are too many of them, if it has
 * had no stream for long, and when the router closes.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Client {
    private final Shared shared;
    private final Loop loop;
    private final Http2FrameCodec codec;
    private @Nullable ChannelHandlerContext context;
    private long quietSince = System.nanoTime();

    Http2Connection(Shared shared, Loop loop, Http2FrameCodec codec) {
        this.shared = shared;
        this.loop = loop;
        this.codec = codec;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        loop.add(this);
        if (shared.tally().clientCame() > shared.counts().clients()) {
            added.channel().close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ended) {
        loop.remove(this);
        shared.tally().clientLeft();
        ended.fireChannelInactive();
    }

    /** Settings, pings and the like, which the codec has dealt with. */
    @Override
    public void channelRead(ChannelHandlerContext ignored, Object frame) {
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        close();
    }

    /** The streams look after themselves. */
    @Override
    public void tick(long now) {
        if (codec.connection().numActiveStreams() > 0) {
            quietSince = now;
        } else if (shared.tally().isClosing()
                || now - quietSince > shared.times().idleClient().toNanos()) {
            close();
        }
    }

    /** With requests under way it is told to bring no more; {@link #tick} closes it after them. */
    @Override
    public void closeIfIdle() {
        if (codec.connection().numActiveStreams() == 0) {
            close();
        } else if (context != null) {
            context.channel().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        }
    }

    @Override
    public void forceClose() {
        close();
    }

    private void close() {
        if (context != null) {
            context.channel().close();
        }
    }
}
