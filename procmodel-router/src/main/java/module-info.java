/** The HTTP front door of web dynos. Start at {@code io.procmodel.router.Router}. */
module io.procmodel.router {
    requires transitive io.procmodel.core;
    requires static transitive org.jspecify;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.slf4j;

    exports io.procmodel.router;
    exports io.procmodel.router.limit;
    exports io.procmodel.router.page;
}
