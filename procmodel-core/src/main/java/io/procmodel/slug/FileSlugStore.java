package io.procmodel.slug;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Slugs as files of one directory: {@code sha256/<hex>.slug}, private to the owner. Several JVMs may use the directory
 * at once; what crashed ones left half-written is removed when the store is opened.
 */
public final class FileSlugStore implements SlugStore {
    private static final String SUFFIX = ".slug";
    private static final Pattern FILE_NAME = Pattern.compile("[0-9a-f]{64}" + Pattern.quote(SUFFIX));

    private final Path archives;
    private final Path incoming;

    private final SlugCompression compression;

    private FileSlugStore(Path archives, Path incoming, SlugCompression compression) {
        this.archives = archives;
        this.incoming = incoming;
        this.compression = compression;
    }

    /**
     * Opens the store in {@code directory}, which is created if it is missing.
     *
     * @throws StorageException if the directory cannot be created or read
     */
    public static FileSlugStore at(Path directory) {
        Path root = directory.toAbsolutePath();
        FileSlugStore store =
                new FileSlugStore(root.resolve("sha256"), root.resolve("incoming"), SlugCompression.gzip());
        try {
            DurableFiles.createPrivateDirectory(store.archives);
            DurableFiles.createPrivateDirectory(store.incoming);
            IncomingFile.removeLeftovers(store.incoming);
        } catch (IOException e) {
            throw new StorageException("open the slug store", directory, e);
        }
        return store;
    }

    /** The same store with another compression for new slugs, which is needed to read them, too. */
    public FileSlugStore compressedBy(SlugCompression other) {
        return new FileSlugStore(archives, incoming, other);
    }

    @Override
    public SlugCompression compression() {
        return compression;
    }

    @Override
    public SlugUpload upload() {
        try {
            return new FileSlugUpload(IncomingFile.create(incoming), this);
        } catch (IOException e) {
            throw new StorageException("write a slug to", incoming, e);
        }
    }

    @Override
    public InputStream open(SlugDigest digest) {
        try {
            return Files.newInputStream(file(digest));
        } catch (NoSuchFileException e) {
            throw new SlugNotFoundException(digest);
        } catch (IOException e) {
            throw new StorageException("read slug", file(digest), e);
        }
    }

    @Override
    public boolean contains(SlugDigest digest) {
        return Files.isRegularFile(file(digest));
    }

    @Override
    public List<SlugDigest> list() {
        try (Stream<Path> files = Files.list(archives)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> FILE_NAME.matcher(name).matches())
                    .map(name -> new SlugDigest(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new StorageException("list slugs in", archives, e);
        }
    }

    @Override
    public boolean delete(SlugDigest digest) {
        try {
            boolean deleted = Files.deleteIfExists(file(digest));
            DurableFiles.syncDirectory(archives);
            return deleted;
        } catch (IOException e) {
            throw new StorageException("delete slug", file(digest), e);
        }
    }

    @Override
    public boolean renew(SlugDigest digest) {
        try {
            return StoreLock.holding(archives, () -> {
                Files.setLastModifiedTime(file(digest), FileTime.from(Instant.now()));
                return true;
            });
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new StorageException("renew slug", file(digest), e);
        }
    }

    @Override
    public boolean deleteUnused(SlugDigest digest, Instant before) {
        try {
            return StoreLock.holding(archives, () -> {
                Instant used = Files.getLastModifiedTime(file(digest)).toInstant();
                return used.isBefore(before) && delete(digest);
            });
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new StorageException("delete slug", file(digest), e);
        }
    }

    void accept(IncomingFile upload, SlugDigest digest) throws IOException {
        StoreLock.holding(archives, () -> {
            upload.moveInto(archives, fileName(digest));
            return digest;
        });
    }

    private Path file(SlugDigest digest) {
        return archives.resolve(fileName(digest));
    }

    private static String fileName(SlugDigest digest) {
        return digest.hex() + SUFFIX;
    }
}
