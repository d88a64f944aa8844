package io.procmodel.router.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.procmodel.router.exchange.FrontHandler;
import io.procmodel.router.exchange.Loop;
import io.procmodel.router.exchange.Shared;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fills the pipeline of a client's connection. */
public final class ClientPipeline extends ChannelInitializer<Channel> {
    private static final int MAX_STREAMS = 100;
    private static final int MAX_HEADER_LIST = 64 * 1_024;
    private static final int MAX_RESETS = 200;
    private static final int RESET_SECONDS = 30;

    private final Shared shared;
    private final Function<EventLoop, @Nullable Loop> loops;
    private final @Nullable Certificate certificate;

    private ClientPipeline(
            Shared shared, Function<EventLoop, @Nullable Loop> loops, @Nullable Certificate certificate) {
        this.shared = shared;
        this.loops = loops;
        this.certificate = certificate;
    }

    /** Plain HTTP/1. */
    public static ClientPipeline plain(Shared shared, Function<EventLoop, @Nullable Loop> loops) {
        return new ClientPipeline(shared, loops, null);
    }

    /** TLS, and then what the client prefers. */
    public static ClientPipeline tls(
            Shared shared, Function<EventLoop, @Nullable Loop> loops, Certificate certificate) {
        return new ClientPipeline(shared, loops, certificate);
    }

    @Override
    protected void initChannel(Channel channel) {
        if (certificate == null) {
            FrontHandler.addHttp1(channel, shared, loop(channel), false);
        } else {
            channel.pipeline().addLast(certificate.context().newHandler(channel.alloc()), new Negotiation());
        }
    }

    private Loop loop(Channel channel) {
        Loop loop = loops.apply(channel.eventLoop());
        if (loop == null) {
            throw new IllegalStateException("event loop of " + channel + ": not the router's");
        }
        return loop;
    }

    /** Waits for the handshake, and follows what it decides. */
    private final class Negotiation extends ApplicationProtocolNegotiationHandler {
        Negotiation() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                addHttp2(context.channel());
            } else {
                FrontHandler.addHttp1(context.channel(), shared, loop(context.channel()), true);
            }
        }

        /** A client that does not speak TLS is no event worth a line. */
        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private void addHttp2(Channel channel) {
        Loop loop = loop(channel);
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MAX_STREAMS)
                        .maxHeaderListSize(MAX_HEADER_LIST))
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
                .build();
        Http2MultiplexHandler streams = new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), new FrontHandler(shared, loop));
            }
        });
        channel.pipeline().addLast(codec, streams, new Http2Connection(shared, loop, codec));
    }
}
