package io.procmodel.local;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.procmodel.dyno.DynoName;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import io.procmodel.formation.DynoSize;
import io.procmodel.formation.DynoSizes;
import io.procmodel.formation.Formation;
import io.procmodel.formation.UnnamedTypes;
import io.procmodel.log.LogSink;
import io.procmodel.procfile.DotEnv;
import io.procmodel.procfile.EnvironmentLayer;
import io.procmodel.procfile.LayeredEnvironment;
import io.procmodel.procfile.ProcessType;
import io.procmodel.procfile.Procfile;
import io.procmodel.runtime.PortPlan;
import io.procmodel.runtime.PortRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the Procfile of a directory where it lies, as {@code foreman start} does: with its {@code .env}, ports from 5000,
 * and everything stopped when one process ends. Immutable; each method gives a changed copy, and {@link #start} runs it.
 */
public final class LocalRun {
    private static final Duration FOREMAN_GRACE = Duration.ofSeconds(5);

    private final Path directory;
    private final Procfile procfile;
    private final @Nullable List<Path> envFiles;
    private final Map<String, String> hostEnvironment;
    private final List<EnvironmentLayer> precedence;
    private final String formation;
    private final DynoSizes sizes;
    private final @Nullable PortPlan ports;
    private final @Nullable Integer basePort;
    private final LogSink output;
    private final Map<String, OnExit> onExit;
    private final Duration grace;

    private LocalRun(Options options) {
        this.directory = options.directory;
        this.procfile = options.procfile;
        this.envFiles = options.envFiles;
        this.hostEnvironment = options.hostEnvironment;
        this.precedence = options.precedence;
        this.formation = options.formation;
        this.sizes = options.sizes;
        this.ports = options.ports;
        this.basePort = options.basePort;
        this.output = options.output;
        this.onExit = options.onExit;
        this.grace = options.grace;
    }

    /**
     * A run of the {@code Procfile} in a directory: one process of each type, the host's environment and the directory's
     * {@code .env}, output forgotten.
     *
     * @throws ProcModelException if the Procfile cannot be read or understood
     */
    public static LocalRun in(Path directory) {
        Options options = new Options();
        options.directory = directory.toAbsolutePath();
        options.procfile = Procfile.read(directory.resolve("Procfile"));
        return new LocalRun(options);
    }

    /** Of another Procfile, in the same directory. */
    public LocalRun procfile(Procfile other) {
        Options options = options();
        options.procfile = requireNonNull(other, "procfile");
        return new LocalRun(options);
    }

    /** With these files in place of {@code .env}; later ones win, and each must exist. */
    public LocalRun envFiles(Path... files) {
        Options options = options();
        options.envFiles = List.of(files);
        return new LocalRun(options);
    }

    /** On top of another environment than that of this process. */
    public LocalRun hostEnvironment(Map<String, String> environment) {
        Options options = options();
        options.hostEnvironment = ImmutableMap.copyOf(environment);
        return new LocalRun(options);
    }

    /**
     * With another order of files and host, strongest first; files over host by default, as foreman has it.
     *
     * @throws InvalidValueException if no layer is named, or one twice
     */
    public LocalRun precedence(EnvironmentLayer... strongestFirst) {
        Options options = options();
        options.precedence =
                LayeredEnvironment.empty().precedence(strongestFirst).precedence();
        return new LocalRun(options);
    }

    /** With other quantities, such as {@code web=1,worker=2} or {@code all=1,clock=0}; types that are not named get none. */
    public LocalRun formation(String expression) {
        Options options = options();
        options.formation = requireNonNull(expression, "expression");
        return new LocalRun(options);
    }

    /**
     * With sizes of the host's own, which the formation may name beside Heroku's. A size changes nothing of how a process
     * runs here.
     *
     * @throws InvalidValueException if the name of one is taken, in any case and old names included
     */
    public LocalRun dynoSizes(DynoSize... more) {
        Options options = options();
        options.sizes = sizes.with(more);
        return new LocalRun(options);
    }

    /** With ports counted from here, whatever {@code PORT} the environment names; 5000 if neither does. */
    public LocalRun basePort(int port) {
        Options options = options();
        options.basePort = port;
        return new LocalRun(options);
    }

    /** With ports by another plan. */
    public LocalRun ports(PortPlan plan) {
        Options options = options();
        options.ports = requireNonNull(plan, "plan");
        return new LocalRun(options);
    }

    /** With its output going there: a {@link ForemanOutput}, an {@link Slf4jOutput}, or any other sink. */
    public LocalRun output(LogSink sink) {
        Options options = options();
        options.output = requireNonNull(sink, "sink");
        return new LocalRun(options);
    }

    /**
     * With another consequence of an end of a process of this type; {@link OnExit#STOP_ALL} for the others.
     *
     * @throws InvalidValueException if the Procfile has no such type
     */
    public LocalRun onExit(String type, OnExit consequence) {
        requireType(type);
        Options options = options();
        Map<String, OnExit> changed = new LinkedHashMap<>(onExit);
        changed.put(type, requireNonNull(consequence, "consequence"));
        options.onExit = ImmutableMap.copyOf(changed);
        return new LocalRun(options);
    }

    /**
     * With another time between SIGTERM and SIGKILL; 5 s by default, foreman's.
     *
     * @throws InvalidValueException if it is not more than zero
     */
    public LocalRun stopGrace(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new InvalidValueException("stop grace", time.toString(), "more than zero");
        }
        Options options = options();
        options.grace = time;
        return new LocalRun(options);
    }

    /**
     * What would run, in the order of the Procfile, and which port each process would get.
     *
     * @throws ProcModelException if the formation, an env file or a port is wrong
     */
    public Map<DynoName, PortRequest> ports() {
        Formation quantities = quantities();
        PortPlan plan = portPlan(environment());
        ImmutableMap.Builder<DynoName, PortRequest> planned = ImmutableMap.builder();
        int slot = 0;
        for (ProcessType type : procfile.processTypes()) {
            for (int number = 1; number <= quantities.quantity(type.name()); number++) {
                DynoName name = new DynoName(type.name(), number);
                planned.put(name, plan.portOf(name, slot));
            }
            slot++;
        }
        return planned.buildOrThrow();
    }

    /**
     * Starts every process. The caller closes what is returned.
     *
     * @throws ProcModelException if the formation, an env file or a port is wrong, or a port is taken; nothing runs then
     */
    public LocalProcesses start() {
        return LocalProcesses.start(this);
    }

    private void requireType(String type) {
        List<String> types =
                procfile.processTypes().stream().map(ProcessType::name).toList();
        if (!types.contains(type)) {
            throw new InvalidValueException("process type", type, "one of the Procfile's: " + types);
        }
    }

    Path directory() {
        return directory;
    }

    String command(DynoName name) {
        return procfile.processTypes().stream()
                .filter(type -> type.name().equals(name.processType()))
                .map(ProcessType::command)
                .findFirst()
                .orElseThrow();
    }

    LogSink output() {
        return output;
    }

    Duration grace() {
        return grace;
    }

    OnExit onExit(String type) {
        return onExit.getOrDefault(type, OnExit.STOP_ALL);
    }

    /** The quantities: as the expression says, or one of each type but {@code release} (PROC-13). */
    private Formation quantities() {
        return Formation.of(
                procfile.processTypes(), formation, formation.isBlank() ? UnnamedTypes.ONE : UnnamedTypes.ZERO, sizes);
    }

    /** The host's environment and that of the files. */
    Map<String, String> environment() {
        return LayeredEnvironment.empty()
                .host(hostEnvironment)
                .files(fileEnvironment())
                .precedence(precedence.toArray(EnvironmentLayer[]::new))
                .asMap();
    }

    private DotEnv fileEnvironment() {
        if (envFiles != null) {
            return DotEnv.read(envFiles.toArray(Path[]::new));
        }
        Path usual = directory.resolve(".env");
        return Files.isRegularFile(usual) ? DotEnv.read(usual) : DotEnv.parse("");
    }

    /** The plan, or foreman's from the base port: the option, else {@code PORT} of the files or the host, else 5000. */
    private PortPlan portPlan(Map<String, String> environment) {
        if (ports != null) {
            return ports;
        }
        if (basePort != null) {
            return PortPlan.foreman(basePort);
        }
        String port = environment.get("PORT");
        return PortPlan.foreman(port == null ? PortPlan.FOREMAN_BASE : parsePort(port));
    }

    private static int parsePort(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidValueException("PORT", text, "a port number, as the base of the ports");
        }
    }

    private Options options() {
        Options options = new Options();
        options.directory = directory;
        options.procfile = procfile;
        options.envFiles = envFiles;
        options.hostEnvironment = hostEnvironment;
        options.precedence = precedence;
        options.formation = formation;
        options.sizes = sizes;
        options.ports = ports;
        options.basePort = basePort;
        options.output = output;
        options.onExit = onExit;
        options.grace = grace;
        return options;
    }

    /** The fields in the making. */
    private static final class Options {
        private Path directory = Path.of("");
        private Procfile procfile = Procfile.parse("");
        private @Nullable List<Path> envFiles;
        private Map<String, String> hostEnvironment = System.getenv();
        private List<EnvironmentLayer> precedence = List.of(EnvironmentLayer.FILES, EnvironmentLayer.HOST);
        private String formation = "";
        private DynoSizes sizes = DynoSizes.HEROKU;
        private @Nullable PortPlan ports;
        private @Nullable Integer basePort;
        private LogSink output = LogSink.discarding();
        private Map<String, OnExit> onExit = Map.of();
        private Duration grace = FOREMAN_GRACE;
    }
}
