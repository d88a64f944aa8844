package io.procmodel.router.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import io.procmodel.router.table.Backend;
import org.jspecify.annotations.Nullable;

/** One connection to a dyno: in use by one exchange, or idle. A byte on an idle one ends it. */
final class BackHandler extends ChannelInboundHandlerAdapter {
    private final Loop loop;
    private final ResponseDecoder decoder;
    private @Nullable Channel channel;
    private @Nullable Backend backend;
    private @Nullable Exchange exchange;
    private long idleSince;
    private long tunnelBytes;
    private int uses;

    BackHandler(Loop loop, ResponseDecoder decoder) {
        this.loop = loop;
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    private Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("connection to a dyno: not in a pipeline");
        }
        return channel;
    }

    void use(Backend to, Exchange by, boolean responseToHead) {
        backend = to;
        exchange = by;
        uses++;
        decoder.expect(responseToHead);
    }

    /** Whether an earlier request has gone this way. */
    boolean isReused() {
        return uses > 1;
    }

    boolean isUsable() {
        return channel().isActive() && backend != null && !backend.isRetired();
    }

    long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    /** What the dyno has sent, in a tunnel too. */
    long bytes() {
        return decoder.bytes() + tunnelBytes;
    }

    /** Whether the answer to a HEAD said that the body of a GET would be chunked. */
    boolean announcedChunks() {
        return decoder.announcedChunks();
    }

    boolean isWritable() {
        return channel().isWritable();
    }

    void write(Object message) {
        channel().write(message).addListener(written -> {
            if (!written.isSuccess() && exchange != null) {
                exchange.writeToDynoFailed();
            }
        });
    }

    void flush() {
        channel().flush();
    }

    void read(boolean on) {
        channel().config().setAutoRead(on);
    }

    /** Gives the connection back to the pool. */
    void release() {
        exchange = null;
        idleSince = System.nanoTime();
        if (isUsable() && decoder.undecoded() == 0 && backend != null) {
            read(true);
            loop.putIdle(backend, this);
        } else {
            close();
        }
    }

    void close() {
        exchange = null;
        channel().close();
    }

    /** No more bytes will be sent; those under way are. */
    void shutdownOutput() {
        flush();
        ((DuplexChannel) channel()).shutdownOutput();
    }

    /** What comes from now on is bytes, those that the codec has not looked at included. */
    void becomeTunnel() {
        tunnelBytes = -decoder.undecoded(); // they come out of it now
        channel().pipeline().remove(HttpRequestEncoder.class);
        channel().pipeline().remove(decoder);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Exchange current = exchange;
        if (current == null) {
            ReferenceCountUtil.release(message);
            close();
        } else if (message instanceof HttpResponse response) {
            current.response(response);
        } else if (message instanceof HttpContent content) {
            current.responseContent(content);
        } else if (message instanceof ByteBuf bytes) {
            tunnelBytes += bytes.readableBytes();
            current.fromDyno(bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushToClient();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.dynoWritable(isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (exchange == null) {
                forget();
                close();
            } else {
                exchange.dynoHalfClosed();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forget();
        if (exchange != null) {
            exchange.dynoClosed();
        }
    }

    private void forget() {
        if (backend != null) {
            loop.forget(backend, this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        forget();
        if (exchange != null) {
            exchange.dynoClosed();
        }
        context.close();
    }
}
