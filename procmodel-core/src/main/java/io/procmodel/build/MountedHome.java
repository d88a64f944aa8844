package io.procmodel.build;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the steps of a build see their {@code HOME} at {@code /app}, as on Heroku, where published buildpacks put links by that
 * name. All else of the machine is as it is. By bubblewrap, with mounts of the step's own. Where that does not work, or the
 * machine has an {@code /app} of its own, which may hold anything, steps see their {@code HOME} where it is. Immutable.
 */
final class MountedHome {
    private static final Logger LOG = LoggerFactory.getLogger(MountedHome.class);
    private static final Path ROOT = Path.of("/");
    private static final Path APP = ROOT.resolve("app");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Splitter WORDS = Splitter.onPattern("\\s+");
    private static final int EFFECTIVE = 2;
    private static final Duration PROBE = Duration.ofSeconds(20);

    private final ImmutableList<String> prefix;
    private final String sh;

    private MountedHome(List<String> prefix, String sh) {
        this.prefix = ImmutableList.copyOf(prefix);
        this.sh = sh;
    }

    /** Steps see their {@code HOME} where it is. */
    static MountedHome none() {
        return new MountedHome(List.of(), "");
    }

    /** What works on a machine, which is tried. */
    static MountedHome on(HostEnvironment host) {
        try {
            Optional<Path> bwrap = host.program("bwrap");
            Optional<Path> sh = host.program("sh");
            boolean free = !Files.exists(APP, LinkOption.NOFOLLOW_LINKS);
            if (bwrap.isPresent() && sh.isPresent() && free && Files.isReadable(STATUS)) {
                MountedHome mounted = new MountedHome(
                        ImmutableList.<String>builder()
                                .add(bwrap.get().toString())
                                .addAll(rights())
                                .addAll(view())
                                .build(),
                        sh.get().toString());
                return mounted.works(host) ? mounted : none();
            }
        } catch (IOException e) {
            LOG.debug("no /app for builds", e);
        }
        return none();
    }

    /** Root needs no user namespace, in which it could not change owners any more, and keeps what it may. */
    private static List<String> rights() throws IOException {
        String uid = effective("Uid:");
        return uid.equals("0")
                ? List.of("--cap-add", "ALL")
                : List.of("--unshare-user", "--uid", uid, "--gid", effective("Gid:"));
    }

    private static String effective(String key) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> WORDS.splitToList(line).get(EFFECTIVE))
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " has no " + key));
    }

    /** A root of its own is needed to put /app in. */
    private static List<String> view() throws IOException {
        ImmutableList.Builder<String> arguments = ImmutableList.builder();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(ROOT)) {
            for (Path entry : new TreeSet<>(ImmutableList.copyOf(entries))) {
                if (Files.isSymbolicLink(entry)) {
                    arguments.add("--symlink", Files.readSymbolicLink(entry).toString(), entry.toString());
                } else {
                    arguments.add("--dev-bind-try", entry.toString(), entry.toString());
                }
            }
        }
        return arguments.build();
    }

    private boolean works(HostEnvironment host) throws IOException {
        Path home = Files.createTempDirectory("procmodel-home");
        try {
            List<String> probe =
                    commandLine(List.of("touch", APP.resolve("mark").toString()), home);
            return succeeds(probe, host) && Files.exists(home.resolve("mark"));
        } finally {
            FileTree.delete(home);
        }
    }

    private static boolean succeeds(List<String> command, HostEnvironment host) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(host.variables().keySet());
        Process process = builder.start();
        try {
            // An interrupt ends the build, and does not say what the machine can do.
            Uninterruptibles.getUninterruptibly(process.onExit(), PROBE);
            return process.exitValue() == 0;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Where a step sees its home. */
    String pathOf(Path home) {
        return (prefix.isEmpty() ? home : APP).toString();
    }

    /** The command line that runs a command so. */
    List<String> commandLine(List<String> command, Path home) {
        return prefix.isEmpty()
                ? command
                : ImmutableList.<String>builder()
                        .addAll(prefix)
                        .add("--bind", home.toString(), APP.toString(), "--remount-ro", "/", "--")
                        // A shell says of a program that is missing what it says without us, by its status, too.
                        .add(sh, "-c", "exec \"$@\"", "procmodel-build")
                        .addAll(command)
                        .build();
    }
}
