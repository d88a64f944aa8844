package io.procmodel.router.exchange;

import io.netty.buffer.ByteBuf;

/** Bytes between a client and a dyno that have left HTTP: each side's end is passed on, and a slow side holds up the other. */
final class Tunnel {
    private final FrontHandler front;
    private final BackHandler back;
    private final Progress progress;
    private final Runnable over;
    private boolean clientEnded;
    private boolean dynoEnded;

    /** A tunnel that says once or more that it is over. */
    Tunnel(FrontHandler front, BackHandler back, Progress progress, Runnable over) {
        this.front = front;
        this.back = back;
        this.progress = progress;
        this.over = over;
    }

    /** From now on there are bytes, those included that came behind the heads. */
    void open() {
        back.becomeTunnel();
        front.becomeTunnel();
        back.flush();
        front.read(true);
    }

    void fromClient(ByteBuf bytes) {
        progress.clientMoved();
        back.write(bytes);
        if (!back.isWritable()) {
            back.flush();
            front.read(back.isWritable());
        }
    }

    void fromDyno(ByteBuf bytes) {
        progress.dynoMoved();
        front.write(bytes);
        front.holdUp(back, progress);
    }

    void dynoWritable(boolean writable) {
        front.read(writable);
    }

    void clientHalfClosed() {
        clientEnded = true;
        if (dynoEnded) {
            over.run();
        } else {
            back.shutdownOutput();
        }
    }

    void dynoHalfClosed() {
        dynoEnded = true;
        if (clientEnded) {
            over.run();
        } else {
            front.shutdownOutput();
        }
    }
}
