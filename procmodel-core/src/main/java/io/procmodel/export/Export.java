package io.procmodel.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.procmodel.dyno.DynoName;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import io.procmodel.formation.Formation;
import io.procmodel.name.AppName;
import io.procmodel.procfile.ProcessType;
import io.procmodel.procfile.Procfile;
import io.procmodel.runtime.PortPlan;
import io.procmodel.runtime.PortRequest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Procfile with a formation and an environment, as files for another process manager. Every dyno of the formation gets
 * its own unit with its own {@code PORT}, counted as foreman counts; {@code release} gets none. Commands are run through
 * bash as they stand. The environment goes into one file of mode 0600 and into no unit. Immutable; each method gives a
 * changed copy.
 */
public final class Export {
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Procfile procfile;
    private final Formation formation;
    private final AppName app;
    private final Path directory;
    private final String user;
    private final int basePort;
    private final Map<String, String> environment;

    private Export(
            Procfile procfile,
            Formation formation,
            AppName app,
            Path directory,
            String user,
            int basePort,
            Map<String, String> environment) {
        this.procfile = procfile;
        this.formation = formation;
        this.app = app;
        this.directory = directory;
        this.user = user;
        this.basePort = basePort;
        this.environment = environment;
    }

    /**
     * An export under the app's name, to run as a user of that name in {@code /srv/<app>}, with ports from 5000 and no
     * environment.
     *
     * @throws InvalidValueException if {@code app} is not an app name
     */
    public static Export of(String app, Procfile procfile, Formation formation) {
        AppName name = AppName.of(app);
        return new Export(
                requireNonNull(procfile, "procfile"),
                requireNonNull(formation, "formation"),
                name,
                Path.of("/srv", app),
                app,
                PortPlan.FOREMAN_BASE,
                Map.of());
    }

    /**
     * For an app that lies elsewhere on the target.
     *
     * @throws InvalidValueException if the path is not absolute, or holds a line break
     */
    public Export directory(Path path) {
        if (!path.isAbsolute() || path.toString().chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("directory", path.toString(), "an absolute path on one line");
        }
        return new Export(procfile, formation, app, path, user, basePort, environment);
    }

    /**
     * To run as another user.
     *
     * @throws InvalidValueException if it is not a user's name
     */
    public Export user(String name) {
        if (!USER.matcher(name).matches()) {
            throw new InvalidValueException(
                    "user", name, "1 to 32 of a-z, 0-9, '_' and '-', not starting with a digit");
        }
        return new Export(procfile, formation, app, directory, name, basePort, environment);
    }

    /** With ports counted from here. */
    public Export basePort(int port) {
        return new Export(procfile, formation, app, directory, user, port, environment);
    }

    /**
     * With these variables, which are taken for secrets.
     *
     * @throws InvalidValueException if a key is not letters, digits and underscores, or a value holds NUL; it names the key
     */
    public Export environment(Map<String, String> variables) {
        variables.forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                throw new InvalidValueException(
                        "variable", key, "letters, digits and underscores, not starting with a digit");
            }
            if (value.indexOf('\0') >= 0) {
                throw new InvalidValueException("variable", key, "a value without NUL");
            }
        });
        return new Export(procfile, formation, app, directory, user, basePort, ImmutableMap.copyOf(variables));
    }

    /**
     * The files in one format, the environment file first.
     *
     * @throws InvalidValueException if a dyno's port would be beyond 65535 or the next type's, or the format cannot hold a
     *     character of a command
     */
    public List<ExportedFile> files(ExportFormat format) {
        String name = app.value();
        return format.files(new ExportPlan(
                name,
                directory,
                user,
                Path.of("/etc", name, name + ".env"),
                Path.of("/var/log", name),
                processes(),
                environment));
    }

    private List<ExportPlan.Unit> processes() {
        ImmutableList.Builder<ExportPlan.Unit> processes = ImmutableList.builder();
        PortPlan ports = PortPlan.foreman(basePort);
        int slot = 0;
        for (ProcessType type : procfile.processTypes()) {
            for (int number = 1; number <= formation.quantity(type.name()); number++) {
                DynoName name = new DynoName(type.name(), number);
                PortRequest.Fixed port = (PortRequest.Fixed) ports.portOf(name, slot);
                processes.add(new ExportPlan.Unit(name, type.command(), port.port()));
            }
            slot++;
        }
        return processes.build();
    }

    /**
     * Writes the files of one format below a directory, with their modes whatever the umask is.
     *
     * @throws StorageException if one of them exists or cannot be written; what was written so far is removed again
     */
    public List<ExportedFile> writeTo(Path target, ExportFormat format) {
        List<ExportedFile> files = files(format);
        ImmutableList.Builder<Path> written = ImmutableList.builder();
        for (ExportedFile file : files) {
            Path path = target.resolve(file.path());
            try {
                Files.createDirectories(requireNonNull(path.getParent(), "parent"));
                if (Files.exists(path)) {
                    throw new FileAlreadyExistsException(path.toString());
                }
                written.add(path);
                write(path, file);
            } catch (IOException e) {
                written.build().forEach(Export::removeQuietly);
                throw new StorageException("export to", path, e);
            }
        }
        return files;
    }

    private static void write(Path path, ExportedFile file) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(path, file.content().getBytes(UTF_8));
        if (posix) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(file.kind().permissions()));
        }
    }

    private static void removeQuietly(Path path) {
        try {
            FileTree.delete(path);
        } catch (IOException e) {
            // The first failure is the one to report.
        }
    }
}
