package io.procmodel.slug;

import com.google.common.base.Preconditions;
import io.procmodel.error.StorageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;

/** An upload into a {@link FileSlugStore}. */
final class FileSlugUpload implements SlugUpload {
    private final IncomingFile incoming;
    private final FileSlugStore store;
    private final OutputStream stream;
    private boolean ended;

    FileSlugUpload(IncomingFile incoming, FileSlugStore store) {
        this.incoming = incoming;
        this.store = store;
        stream = new BufferedOutputStream(Channels.newOutputStream(incoming.channel()), 1 << 16) {
            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public void commit(SlugDigest digest) {
        Preconditions.checkState(!ended, "upload of %s: ended before (expected: one commit, before close)", digest);
        try {
            stream.flush();
            store.accept(incoming, digest);
        } catch (IOException e) {
            throw new StorageException("store slug " + digest + " from", incoming.path(), e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            incoming.close();
        } catch (IOException e) {
            throw new StorageException("remove", incoming.path(), e);
        }
    }
}
