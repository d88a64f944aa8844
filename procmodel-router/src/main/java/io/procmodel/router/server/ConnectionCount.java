package io.procmodel.router.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.procmodel.router.exchange.Shared;

/** Counts an HTTP/2 connection among the clients, and closes it if there are too many of them. */
final class ConnectionCount extends ChannelInboundHandlerAdapter {
    private final Shared shared;

    ConnectionCount(Shared shared) {
        this.shared = shared;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (shared.tally().clientCame() > shared.counts().clients()) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        shared.tally().clientLeft();
        context.fireChannelInactive();
    }
}
