package io.procmodel.build;

import io.procmodel.error.StorageException;
import io.procmodel.slug.ArchiveException;
import io.procmodel.slug.ArchiveExtractor;
import io.procmodel.slug.ArchiveLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Buildpacks in a tar or tar.gz, on the disk or a web server. */
final class ArchiveBuildpacks implements BuildpackSource {
    private static final String EXPECTED = "a tar or tar.gz with bin/detect and bin/compile";
    private static final Pattern NAME = Pattern.compile(".*\\.(tar|tar\\.gz|tgz)");

    @Override
    public boolean takes(String address) {
        return file(address).isPresent() || url(address).isPresent();
    }

    @Override
    public void fetch(BuildpackFetch fetch) {
        Optional<URI> url = url(fetch.address());
        Path archive = url.isPresent()
                ? new ArchiveDownload(url.get(), fetch, EXPECTED).run()
                : file(fetch.address()).orElseThrow();
        try (InputStream bytes = Files.newInputStream(archive)) {
            new ArchiveExtractor(ArchiveLimits.source()).extract(bytes, fetch.directory());
        } catch (ArchiveException e) {
            throw fetch.failure("is refused: " + e.getMessage(), EXPECTED, e);
        } catch (IOException e) {
            throw fetch.failure("cannot be read: " + e, EXPECTED, e);
        }
        unwrap(fetch.directory());
    }

    /** An archive of nothing but bin is no directory in a directory. */
    private static void unwrap(Path directory) {
        if (!Files.exists(directory.resolve("bin/compile"))) {
            try {
                ArchiveSource.unwrapSingleDirectory(directory);
            } catch (IOException e) {
                throw new StorageException("unpack into", directory, e);
            }
        }
    }

    private static Optional<Path> file(String address) {
        try {
            Path path = address.startsWith("file:") ? Path.of(new URI(address)) : Path.of(address);
            return Optional.of(path)
                    .filter(file ->
                            file.isAbsolute() && NAME.matcher(file.toString()).matches());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> url(String address) {
        try {
            URI url = new URI(address);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return Optional.of(url)
                    .filter(found -> web && found.getHost() != null && found.getPath() != null)
                    .filter(found -> NAME.matcher(found.getPath()).matches());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
