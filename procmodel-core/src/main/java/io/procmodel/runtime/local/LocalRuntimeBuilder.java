package io.procmodel.runtime.local;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import io.procmodel.error.StorageException;
import io.procmodel.pipe.OutputChannels;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.MissingCapabilityException;
import io.procmodel.runtime.Terminals;
import io.procmodel.slug.SlugStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a local runtime needs and opens it. Not thread-safe. */
public final class LocalRuntimeBuilder {
    private final RunDirectory directory;
    private final SlugStore slugs;
    private Map<String, String> hostEnvironment = System.getenv();
    private Random random = new Random();
    private @Nullable HostTools tools;
    private @Nullable Terminals terminals;
    private @Nullable Isolation isolation;
    private boolean hardLimits = true;
    private Set<Capability> required = Set.of();
    private final Set<Path> hidden = new HashSet<>();

    LocalRuntimeBuilder(Path runDirectory, SlugStore slugs) {
        this.directory = new RunDirectory(runDirectory.toAbsolutePath());
        this.slugs = slugs;
    }

    /** The host's environment, of which dynos see an allow-list only; that of this process by default. */
    public LocalRuntimeBuilder hostEnvironment(Map<String, String> environment) {
        this.hostEnvironment = Map.copyOf(environment);
        return this;
    }

    /** Chooses ports; seeded by the system by default. */
    public LocalRuntimeBuilder random(Random random) {
        this.random = requireNonNull(random, "random");
        return this;
    }

    /** How far dynos are kept apart; by default as far as this machine allows. */
    public LocalRuntimeBuilder isolation(Isolation isolation) {
        this.isolation = requireNonNull(isolation, "isolation");
        return this;
    }

    /**
     * Whether the kernel holds dynos to their sizes, where this machine lets us have that; yes by default. Without, the
     * memory of dynos is measured all the same, and who uses too much is killed a moment later.
     */
    public LocalRuntimeBuilder hardLimits(boolean hard) {
        this.hardLimits = hard;
        return this;
    }

    /** What dynos must be able to rely on; {@link #open} fails without it. */
    public LocalRuntimeBuilder require(Set<Capability> capabilities) {
        this.required = ImmutableSet.copyOf(capabilities);
        return this;
    }

    /** Where the terminals of attached dynos come from; from {@code script} of util-linux by default. */
    public LocalRuntimeBuilder terminals(Terminals terminals) {
        this.terminals = requireNonNull(terminals, "terminals");
        return this;
    }

    /** A directory of the host that no dyno in a sandbox shall see. */
    public LocalRuntimeBuilder hide(Path directory) {
        hidden.add(directory.toAbsolutePath());
        return this;
    }

    /** Where programs of the host are found; on the host's path and the usual places by default. */
    LocalRuntimeBuilder tools(HostTools tools) {
        this.tools = tools;
        return this;
    }

    /**
     * Opens the runtime. Processes that an earlier runtime on the same directory has left running are killed first.
     *
     * @throws StorageException if the directory cannot be emptied or written
     * @throws MissingCapabilityException if something is required that this machine cannot offer
     */
    public LocalRuntime open() {
        HostTools programs = tools == null ? new HostTools(hostEnvironment) : tools;
        Cookie cookie = Cookie.bake();
        try {
            new Sweep(directory).run();
            directory.prepare(cookie);
            return open(programs, cookie);
        } catch (IOException e) {
            throw new StorageException("prepare", directory.root(), e);
        } catch (MissingCapabilityException e) {
            removeDirectory(e);
            throw e;
        }
    }

    private LocalRuntime open(HostTools programs, Cookie cookie) throws IOException {
        TreeCopy copy = TreeCopy.probe(programs, directory.root());
        Box box = new Boxes(programs, directory, hidden, copy).best(Optional.ofNullable(isolation));
        Homes homes = new Homes(directory, slugs, box, copy);
        OutputChannels outputs = new OutputChannels(directory.output(), programs.find("mkfifo"));
        Inputs inputs = new Inputs(outputs, terminals, programs);
        Processes processes = processes(programs, cookie);
        LocalRuntime runtime = new LocalRuntime(
                directory,
                BaseEnvironment.of(hostEnvironment),
                processes,
                box,
                homes,
                new Outlets(outputs, programs),
                inputs,
                new Ports(random));
        for (Capability capability : required) {
            if (!runtime.capabilities().contains(capability)) {
                runtime.close();
                throw new MissingCapabilityException(capability, runtime.capabilities());
            }
        }
        return runtime;
    }

    /** Who is started without a shell of ours cannot be put into a group from the start. */
    private Processes processes(HostTools programs, Cookie cookie) throws IOException {
        Launcher launcher = Launcher.best(programs, SignalMask.ignoredByThisProcess());
        boolean able = launcher.capabilities().contains(Capability.PROCESS_GROUP);
        KernelLimits limits = hardLimits && able ? KernelLimits.open(programs, cookie) : KernelLimits.none();
        try {
            directory.writeGroups(limits.directories());
            return new Processes(programs, cookie, launcher, limits);
        } catch (IOException e) {
            limits.close();
            throw e;
        }
    }

    private void removeDirectory(MissingCapabilityException cause) {
        try {
            directory.delete();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
