package io.procmodel.procfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.Formation;
import io.procmodel.formation.UnknownProcessTypeException;
import io.procmodel.formation.UnnamedTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Generated inputs, as many as the system property {@code procmodel.fuzz.inputs} says: nothing but the typed exceptions,
 * no hang, and an unedited text writes back as it was. The seed is {@code procmodel.fuzz.seed}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class FuzzTest {
    private static final int INPUTS = Integer.getInteger("procmodel.fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("procmodel.fuzz.seed", 3);
    private static final int EDITED = 8;
    private static final String ADDED = "fuzz-added";

    @Test
    void everyTextIsReadOrRefusedInEveryDialect() throws IOException {
        TextGenerator generator = new TextGenerator(SEED, corpus("procfiles"));
        for (int i = 0; i < INPUTS; i++) {
            String text = generator.text();
            boolean edited = i % EDITED == 0;
            run(text, () -> {
                for (ProcfileDialect dialect : ProcfileDialect.values()) {
                    checkProcfile(text, dialect, edited);
                }
            });
        }
    }

    @Test
    void everyEnvironmentIsReadOrRefused() throws IOException {
        TextGenerator generator = new TextGenerator(SEED, corpus("dotenv"));
        Interpolation[] modes = Interpolation.values();
        for (int i = 0; i < INPUTS; i++) {
            String text = generator.text();
            DotEnvReader reader = DotEnv.reader().interpolation(modes[i % modes.length]);
            run(text, () -> checkDotEnv(text, reader));
        }
    }

    @Test
    void everyExpressionIsReadOrRefused() {
        TextGenerator generator = new TextGenerator(SEED, List.of());
        List<ProcessType> types = Stream.of("web", "worker", "release")
                .map(name -> new ProcessType(name, "run"))
                .toList();
        for (int i = 0; i < INPUTS; i++) {
            String expression = generator.formation();
            run(expression, () -> checkFormation(types, expression));
        }
    }

    @Test
    void everyFileThatDecodesEncodesBackToItsBytes() throws IOException {
        TextGenerator generator = new TextGenerator(SEED, corpus("procfiles"));
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = generator.bytes();
            run(Arrays.toString(bytes), () -> checkBytes(bytes));
        }
    }

    private static void checkProcfile(String text, ProcfileDialect dialect, boolean edited) {
        List<Diagnostic> findings = Procfile.reader().dialect(dialect).lint(text);
        boolean refused = findings.stream().anyMatch(found -> found.severity() == Severity.ERROR);
        try {
            Procfile procfile = Procfile.parse(text, dialect);
            require(!refused && procfile.text().equals(text), "accepts and keeps the text");
            if (edited) {
                checkEdits(procfile);
            }
        } catch (ProcfileException e) {
            require(refused && e.diagnostics().equals(findings), "refuses with what lint finds");
        }
    }

    private static void checkEdits(Procfile procfile) {
        try {
            Procfile added = procfile.with(ADDED, "x");
            require(added.processTypes().size() == procfile.processTypes().size() + 1, "adds one type");
            require(restored(procfile, added), "removing what was added restores the text");
        } catch (InvalidValueException e) {
            require(e.value().startsWith(ADDED), "names what it refuses");
        }
    }

    /** A lone carriage return at the end becomes a part of the line end before the added line. */
    private static boolean restored(Procfile before, Procfile added) {
        if (before.text().endsWith("\r")) {
            return true;
        }
        try {
            String text = added.without(ADDED).text();
            return text.equals(before.text());
        } catch (ProcfileException e) {
            return before.processTypes().isEmpty();
        }
    }

    private static void checkDotEnv(String text, DotEnvReader reader) {
        List<Diagnostic> findings = reader.lint(text);
        boolean refused = findings.stream().anyMatch(found -> found.severity() == Severity.ERROR);
        try {
            DotEnv variables = reader.parse(text);
            require(!refused, "accepts what lint accepts");
            variables
                    .asMap()
                    .keySet()
                    .forEach(name -> require(variables.origin(name).isPresent(), "has an origin"));
        } catch (DotEnvException e) {
            require(refused, "refuses what lint refuses");
        }
    }

    private static void checkFormation(List<ProcessType> types, String expression) {
        try {
            Formation formation = Formation.of(types, expression, UnnamedTypes.ONE);
            require(formation.quantity("release") == 0, "never scales release");
            require(formation.entries().stream().allMatch(entry -> entry.quantity() >= 0), "no negative quantity");
        } catch (UnknownProcessTypeException e) {
            require(expression.contains(e.type()), "names the type");
        } catch (InvalidValueException e) {
            require(!e.expected().isEmpty(), "says what was expected");
        }
    }

    private static void checkBytes(byte[] bytes) {
        try {
            require(Arrays.equals(Utf8File.decode(bytes, "Procfile").getBytes(UTF_8), bytes), "same bytes");
        } catch (ProcfileException e) {
            require(e.diagnostics().get(0).code() == DiagnosticCode.NOT_UTF_8, "says why");
        }
    }

    private static void run(String input, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("on the input <" + input + ">", e);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("does not hold: " + what);
        }
    }

    private static List<String> corpus(String name) throws IOException {
        Path folder = Path.of("")
                .toAbsolutePath()
                .resolve("../../shared/conformance")
                .resolve(name)
                .normalize();
        List<String> texts = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }
}
