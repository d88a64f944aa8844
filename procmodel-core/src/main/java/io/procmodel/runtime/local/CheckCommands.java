package io.procmodel.runtime.local;

import io.procmodel.runtime.DynoSpec;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the readiness command of one dyno, on a copy of the app that is made at the first run. Confined to one thread. */
final class CheckCommands implements CommandCheck.Starter {
    private final DynoSpec spec;
    private final String command;
    private final int port;
    private final Homes homes;
    private final ProcessSetup setup;
    private final Processes processes;
    private final LongSupplier ids;
    private final Undo undo = new Undo();
    private @Nullable DynoHome home;

    CheckCommands(
            DynoSpec spec,
            String command,
            int port,
            Homes homes,
            ProcessSetup setup,
            Processes processes,
            LongSupplier ids) {
        this.spec = spec;
        this.command = command;
        this.port = port;
        this.homes = homes;
        this.setup = setup;
        this.processes = processes;
        this.ids = ids;
    }

    @Override
    public CommandCheck.Run start() throws IOException {
        long id = ids.getAsLong();
        DynoHome place = home(id);
        List<String> shell = processes.shell(ProcessSetup.command(command, place));
        ProcessBuilder builder = setup.builder(spec, shell, place, OptionalInt.of(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Launch launch = setup.launch(builder, place, StandardInput.NONE);
        return new Started(id, processes.start(id, spec.size(), launch));
    }

    private DynoHome home(long id) throws IOException {
        DynoHome made = home;
        if (made == null) {
            made = homes.make(spec.app() + "." + spec.name() + "." + id, spec.files(), undo);
            home = made;
        }
        return made;
    }

    @Override
    public void close() {
        undo.run();
    }

    /** One run, with a cookie and control groups of its own. */
    private final class Started implements CommandCheck.Run {
        private final long id;
        private final DynoProcess process;

        Started(long id, DynoProcess process) {
            this.id = id;
            this.process = process;
        }

        @Override
        public DynoProcess process() {
            return process;
        }

        @Override
        public void close() {
            processes.endAll(id, process);
        }
    }
}
