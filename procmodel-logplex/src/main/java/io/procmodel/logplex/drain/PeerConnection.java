package io.procmodel.logplex.drain;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection to a peer that only reads. Used by one thread, but for {@link #abort}. */
interface PeerConnection {
    /** What has become of the peer. */
    enum Peer {
        /** It reads, as far as can be seen. */
        READING,
        /** It has closed the connection, having read everything. */
        GONE,
        /** The connection is broken, or closed before all had come; nobody knows what it has read. */
        BROKEN
    }

    /** Looks without waiting. */
    Peer peer();

    /**
     * Writes all bytes.
     *
     * @throws IOException if the connection is broken, or the peer has not read for too long
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Makes a write that is under way fail. Any thread may call this. */
    void abort();

    /** Closes the connection in good order; what was written is still sent. */
    void close();
}
