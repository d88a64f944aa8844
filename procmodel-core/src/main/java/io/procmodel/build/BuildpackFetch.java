package io.procmodel.build;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A buildpack that is to be fetched for one build. For the thread that builds. */
public final class BuildpackFetch {
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/]*@");

    private final String address;
    private final Path directory;
    private final Path cache;
    private final Duration timeLeft;
    private final BooleanSupplier over;

    /**
     * Describes it.
     *
     * @param address where it is, as the app set it
     * @param directory where it shall be: an empty directory
     * @param cache a directory of this app and address, kept from build to build, which may have been emptied meanwhile
     * @param timeLeft how long fetching may take
     * @param over says whether the build was cancelled or its time is over
     */
    public BuildpackFetch(String address, Path directory, Path cache, Duration timeLeft, BooleanSupplier over) {
        this.address = requireNonNull(address, "address");
        this.directory = requireNonNull(directory, "directory");
        this.cache = requireNonNull(cache, "cache");
        this.timeLeft = requireNonNull(timeLeft, "timeLeft");
        this.over = requireNonNull(over, "over");
    }

    /** Where it is, as the app set it; a password may be part of it. */
    public String address() {
        return address;
    }

    /** Where it is, as a person may see it. */
    public String shownAddress() {
        return shown(address);
    }

    /** Where it shall be: an empty directory. */
    public Path directory() {
        return directory;
    }

    /** A directory of this app and address, kept from build to build, which may have been emptied meanwhile. */
    public Path cache() {
        return cache;
    }

    /** How long fetching may take, from the beginning of it. */
    public Duration timeLeft() {
        return timeLeft;
    }

    /** Whether the build was cancelled or its time is over; then there is no use in going on. */
    public boolean isOver() {
        return over.getAsBoolean();
    }

    /** The error of a buildpack that is not to be had. */
    public BuildpackException failure(String reason, String expected, @Nullable Throwable cause) {
        return new BuildpackException(shownAddress(), reason, expected, cause);
    }

    static String shown(String address) {
        return CREDENTIALS.matcher(address).replaceAll("");
    }

    /** Names the address without what may be secret in it. */
    @Override
    public String toString() {
        return "fetch of " + shownAddress();
    }
}
