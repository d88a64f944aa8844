package io.procmodel.release;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of one file of a ledger: the seam at which a test puts a disk that tears, fills up or refuses. */
interface LedgerFile extends Closeable {
    long length() throws IOException;

    /** Reads up to {@code length} bytes at {@code position}; fewer only where the file ends. */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    void write(long position, byte[] bytes) throws IOException;

    void truncate(long length) throws IOException;

    void force() throws IOException;
}
