package io.procmodel.router.head;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the codec and lets through one right request at a time: its head when it is complete and unambiguous, then
 * its body, then nothing until {@link #next}. What is wrong comes out as a {@link Refusal}, and no byte after it. Confined
 * to the connection's event loop.
 */
public final class RequestGuard extends ChannelInboundHandlerAdapter {
    /** How much of a body or of a further request may lie here before the connection is not read any more. */
    private static final int MAX_PENDING = 64 * 1_024;

    private enum State {
        HEAD,
        LENGTH,
        CHUNKS,
        WAIT,
        TUNNEL,
        DISCARD
    }

    private final HeadReader head = new HeadReader();
    private final ChunkReader chunks = new ChunkReader();
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable ByteBuf pending;
    private State state = State.HEAD;
    private long remaining;
    private boolean skippedEmptyLine;
    private boolean paused;
    private boolean running;
    private long headSince;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        dropPending();
    }

    /** When the first byte of an unfinished head came, in nanoseconds, or 0 if none is under way. */
    public long headSince() {
        return headSince;
    }

    /** Holds the body back, or lets it through again. */
    public void pause(boolean pause) {
        paused = pause;
        run();
    }

    /** Lets the next request through. */
    public void next() {
        if (state == State.WAIT) {
            head.reset();
            skippedEmptyLine = false;
            state = State.HEAD;
            run();
        }
    }

    /** Lets everything through from now on, as it is. */
    public void tunnel() {
        state = State.TUNNEL;
        paused = false;
        run();
    }

    /** Lets nothing through from now on. */
    public void discard() {
        state = State.DISCARD;
        paused = false;
        headSince = 0;
        run();
    }

    /** Whether no more should be read for now, because enough lies here. */
    public boolean isFull() {
        return pending != null && pending.readableBytes() >= MAX_PENDING;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        if (pending == null) {
            pending = bytes;
        } else {
            ByteBuf both = context.alloc().buffer(pending.readableBytes() + bytes.readableBytes());
            both.writeBytes(pending).writeBytes(bytes);
            ReferenceCountUtil.release(pending);
            ReferenceCountUtil.release(bytes);
            pending = both;
        }
        run();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dropPending();
        context.fireChannelInactive();
    }

    private void run() {
        if (running) {
            return;
        }
        running = true;
        try {
            boolean progress = true;
            while (progress && pending != null && pending.isReadable()) {
                progress = step(pending);
            }
        } finally {
            running = false;
        }
        if (pending != null && !pending.isReadable()) {
            dropPending();
        }
    }

    private boolean step(ByteBuf in) {
        return switch (state) {
            case HEAD -> head(in);
            case LENGTH -> !paused && length(in);
            case CHUNKS -> !paused && chunks(in);
            case WAIT -> false;
            case TUNNEL -> {
                emit(in, in.readableBytes());
                yield true;
            }
            case DISCARD -> {
                in.skipBytes(in.readableBytes());
                yield false;
            }
        };
    }

    private boolean head(ByteBuf in) {
        if (headSince == 0) {
            headSince = System.nanoTime();
        }
        if (!skippedEmptyLine && in.readableBytes() >= 2 && in.getShort(in.readerIndex()) == 0x0d0a) {
            skippedEmptyLine = true;
            in.skipBytes(2);
            return true;
        }
        if (!skippedEmptyLine && in.readableBytes() == 1 && in.getByte(in.readerIndex()) == Bytes.CR) {
            return false;
        }
        int length = head.read(in);
        if (length == HeadReader.INCOMPLETE) {
            return false;
        }
        headSince = 0;
        if (length == HeadReader.REFUSED) {
            refuse(head.refusal());
            return true;
        }
        startBody();
        emit(in, length);
        return true;
    }

    private void startBody() {
        if (head.isChunked()) {
            chunks.reset();
            state = State.CHUNKS;
        } else if (head.length() > 0) {
            remaining = head.length();
            state = State.LENGTH;
        } else {
            state = State.WAIT;
        }
    }

    private boolean length(ByteBuf in) {
        int step = (int) Math.min(remaining, in.readableBytes());
        remaining -= step;
        if (remaining == 0) {
            state = State.WAIT;
        }
        emit(in, step);
        return true;
    }

    private boolean chunks(ByteBuf in) {
        int right = chunks.read(in);
        boolean bad = chunks.isBad();
        if (chunks.isDone()) {
            state = State.WAIT;
        }
        if (right > 0) {
            emit(in, right);
        }
        if (bad && state == State.CHUNKS) {
            refuse(Refusal.of(400, Refusal.BAD_CHUNK));
        }
        return true;
    }

    private void refuse(@Nullable Refusal refusal) {
        state = State.DISCARD;
        if (ctx != null && refusal != null) {
            ctx.fireChannelRead(refusal);
        }
    }

    private void emit(ByteBuf in, int length) {
        if (ctx != null) {
            ctx.fireChannelRead(in.readRetainedSlice(length));
        }
    }

    private void dropPending() {
        ByteBuf rest = pending;
        pending = null;
        ReferenceCountUtil.release(rest);
    }
}
