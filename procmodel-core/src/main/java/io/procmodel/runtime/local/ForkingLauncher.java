package io.procmodel.runtime.local;

import io.procmodel.runtime.Capability;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has all dynos started by one {@link ForkServer}, and by another one should somebody kill it. It takes a program less per
 * dyno than the JDK and four less than a watchdog for each, and no thread waits for a dyno's end.
 */
final class ForkingLauncher implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(ForkingLauncher.class);

    private final String perl;
    private final String shell;
    private final SignalSender signals;
    private ForkServer server;
    private boolean closed;
    private volatile boolean mounts = true;

    private ForkingLauncher(String perl, String shell, SignalSender signals, ForkServer server) {
        this.perl = perl;
        this.shell = shell;
        this.signals = signals;
        this.server = server;
    }

    /** Starts the first server, where this machine can: a Linux of 64 bits with perl and named pipes. */
    static Optional<Launcher> probe(HostTools tools) {
        Optional<String> perl = tools.find("perl");
        Optional<String> shell = tools.find("bash").or(() -> tools.find("sh"));
        if (perl.isEmpty() || shell.isEmpty() || tools.find("mkfifo").isEmpty() || !ProcFiles.areThere()) {
            return Optional.empty();
        }
        SignalSender signals = new SignalSender(tools);
        try {
            ForkServer server = ForkServer.start(perl.get(), signals);
            if (server.isReady()) {
                return Optional.of(new ForkingLauncher(perl.get(), shell.get(), signals, server));
            }
            server.close();
            LOG.info("{} cannot call this kernel; each dyno gets a watchdog of its own", perl.get());
        } catch (IOException e) {
            LOG.warn("cannot run {}; each dyno gets a watchdog of its own", perl.get(), e);
        }
        return Optional.empty();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.PROCESS_GROUP, Capability.HOST_DEATH_WATCHDOG);
    }

    @Override
    public List<String> shell(String command) {
        return List.of(shell, "-c", command);
    }

    @Override
    public DynoProcess start(Launch launch, List<String> doors) throws IOException {
        boolean mounting = mounts && launch.mount().isPresent();
        try {
            return current().start(new ForkRequest(launch, doors, mounting));
        } catch (IOException e) {
            if (mounting && String.valueOf(e.getMessage()).startsWith(ForkRequest.UNMOUNTED)) {
                return startMountedByPrograms(launch, doors, e);
            }
            throw e;
        }
    }

    /** Programs may be allowed to make a mount that perl is not; it is with them that it was tried. */
    private DynoProcess startMountedByPrograms(Launch launch, List<String> doors, IOException cause)
            throws IOException {
        try {
            DynoProcess process = current().start(new ForkRequest(launch, doors, false));
            mounts = false;
            LOG.info("{}: {}; programs do it for each dyno", perl, cause.getMessage());
            return process;
        } catch (IOException e) {
            e.addSuppressed(cause);
            throw e;
        }
    }

    private synchronized ForkServer current() throws IOException {
        if (server.isLost() && !closed) {
            LOG.warn("the launcher, pid {}, was killed; starting another", server.pid());
            server.close();
            server = ForkServer.start(perl, signals);
        }
        return server;
    }

    @Override
    public synchronized void close() {
        closed = true;
        server.close();
    }
}
