package io.procmodel.benchmarks.logplex;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that read pipes and print how many lines there were: one for each pipe, or one for all. */
final class CountingPrograms implements PipeReader {
    private final String name;
    private final List<String> command;
    private final boolean onePerPipe;

    private CountingPrograms(String name, List<String> command, boolean onePerPipe) {
        this.name = name;
        this.command = command;
        this.onePerPipe = onePerPipe;
    }

    /** A {@code wc -l} for each pipe: no reader of this kind does less. */
    static PipeReader wordCount() throws MissingProgramException {
        return new CountingPrograms("wc -l", List.of(Bench.program("wc"), "-l"), true);
    }

    /** One thread in C that waits for all pipes at once. */
    static PipeReader epoll(Bench bench) throws IOException, InterruptedException {
        return new CountingPrograms("C epoll", List.of(bench.compile("epoll").toString()), false);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reading start(List<Path> pipes) throws IOException {
        List<Process> programs = new ArrayList<>();
        if (onePerPipe) {
            for (Path pipe : pipes) {
                // The shell opens the pipe: this process would wait for the writer.
                String line = "exec " + String.join(" ", command) + " < " + pipe;
                programs.add(new ProcessBuilder("sh", "-c", line).start());
            }
        } else {
            List<String> all = new ArrayList<>(command);
            pipes.forEach(pipe -> all.add(pipe.toString()));
            programs.add(new ProcessBuilder(all).start());
        }
        return () -> sum(programs);
    }

    private static long sum(List<Process> programs) throws IOException, InterruptedException {
        long lines = 0;
        for (Process program : programs) {
            lines += Long.parseLong(new String(program.getInputStream().readAllBytes(), US_ASCII).strip());
            program.waitFor();
        }
        return lines;
    }
}
