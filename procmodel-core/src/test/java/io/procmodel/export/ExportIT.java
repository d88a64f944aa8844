package io.procmodel.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import io.procmodel.formation.Formation;
import io.procmodel.formation.UnnamedTypes;
import io.procmodel.procfile.Procfile;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What an export means to the program that reads it: each format goes through its own checker or reader where there is one,
 * and commands and values must come out as they went in.
 */
@DisabledOnOs(OS.WINDOWS)
class ExportIT {
    @TempDir
    Path directory;

    private static Export export(String procfile, String formation) {
        Procfile parsed = Procfile.parse(procfile);
        return Export.of("shop", parsed, Formation.of(parsed.processTypes(), formation, UnnamedTypes.ZERO));
    }

    private static String content(List<ExportedFile> files, String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .map(ExportedFile::content)
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not among " + files));
    }

    @Test
    void everyDynoGetsAUnitWithForemansPortAndReleaseGetsNone() {
        Export export = export("release: migrate\nweb: serve -p $PORT\nworker: work\n", "web=2,worker=1");

        assertThat(export.files(ExportFormat.SYSTEMD))
                .extracting(ExportedFile::path)
                .containsExactly(
                        "shop.env", "shop.target", "shop-web-1.service", "shop-web-2.service", "shop-worker-1.service");
        assertThat(content(export.files(ExportFormat.SYSTEMD), "shop-web-2.service"))
                .isEqualTo("""
                        [Unit]
                        Description=web.2 of shop
                        PartOf=shop.target

                        [Service]
                        User=shop
                        WorkingDirectory=/srv/shop
                        EnvironmentFile=/etc/shop/shop.env
                        Environment=PORT=5101
                        Environment=DYNO=web.2
                        Environment=PS=web.2
                        ExecStart=/bin/bash -c "serve -p $$PORT"
                        StandardInput=null
                        SyslogIdentifier=shop.web.2
                        Restart=always
                        RestartSec=1
                        KillMode=control-group
                        TimeoutStopSec=30

                        [Install]
                        WantedBy=shop.target
                        """);
        assertThat(content(export.files(ExportFormat.RUNIT), "shop-worker-1/run"))
                .contains("export PORT=5200\n");
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void secretsAreInThePrivateFileAlone(ExportFormat format) throws IOException {
        Export export = export("web: serve\n", "web=1").environment(Map.of("TOKEN", "s3cret"));

        List<ExportedFile> written = export.writeTo(directory, format);

        for (ExportedFile file : written) {
            Path path = directory.resolve(file.path());
            boolean secret = Files.readString(path).contains("s3cret");
            assertThat(secret).as(file.path()).isEqualTo(file.path().equals("shop.env"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(secret ? "rw-------" : file.path().endsWith("run") ? "rwxr-xr-x" : "rw-r--r--");
        }
        assertThat(written.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void anExportIsWrittenWholeOrNotAtAll(ExportFormat format) throws IOException {
        Export export = export("web: serve\n", "web=1");
        List<ExportedFile> files = export.files(format);
        Path last = directory.resolve(files.get(files.size() - 1).path());
        Files.createDirectories(last.getParent());
        Files.writeString(last, "somebody else's");

        assertThatThrownBy(() -> export.writeTo(directory, format)).isInstanceOf(StorageException.class);

        assertThat(last).hasContent("somebody else's");
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(last);
        }
    }

    static Stream<String> texts() {
        return NastyText.texts();
    }

    /** The run script itself, with a chpst that only runs its command. */
    @ParameterizedTest
    @MethodSource("texts")
    void runitRunsTheCommandWithTheEnvironment(String text) throws IOException, InterruptedException {
        Path etc = Files.createDirectories(directory.resolve("etc"));
        Path chpst = Files.writeString(directory.resolve("chpst"), "#!/bin/sh\nshift 2\nexec \"$@\"\n");
        Files.setPosixFilePermissions(chpst, PosixFilePermissions.fromString("rwx------"));
        Export export = export("web: " + printing(text) + "; printf '|%s' \"$V16\" \"$LINES\" \"$PORT\"\n", "web=1")
                .directory(directory)
                .environment(NastyText.variables());
        List<ExportedFile> files = export.files(ExportFormat.RUNIT);
        Files.writeString(etc.resolve("shop.env"), content(files, "shop.env"));
        String script = content(files, "shop-web-1/run").replace("/etc/shop/shop.env", etc + "/shop.env");

        assertThat(output(Map.of("PATH", directory + ":" + System.getenv("PATH")), "sh", "-c", script))
                .isEqualTo(text + "|" + NastyText.variables().get("V16") + "|"
                        + NastyText.variables().get("LINES") + "|5000");
    }

    @Test
    void runitsEnvironmentFileHoldsEveryValueAsItIs() throws IOException, InterruptedException {
        Export export = export("web: x\n", "web=1").environment(NastyText.variables());
        Path file =
                Files.writeString(directory.resolve("shop.env"), content(export.files(ExportFormat.RUNIT), "shop.env"));

        for (Map.Entry<String, String> variable : NastyText.variables().entrySet()) {
            assertThat(output(
                            Map.of(),
                            "sh",
                            "-c",
                            ". \"$0\"; printf %s \"$" + variable.getKey() + "\"",
                            file.toString()))
                    .as(variable.getKey())
                    .isEqualTo(variable.getValue());
        }
    }

    /** The target's own checker. */
    @Test
    void systemdAcceptsTheUnits() throws IOException, InterruptedException {
        assumeTrue(isInstalled("systemd-analyze"), "SKIPPED: systemd-analyze is missing");
        StringBuilder procfile = new StringBuilder();
        List<String> texts = NastyText.texts().toList();
        for (int i = 0; i < texts.size(); i++) {
            procfile.append("t")
                    .append(i)
                    .append(": ")
                    .append(printing(texts.get(i)))
                    .append('\n');
        }
        List<ExportedFile> written = export(procfile.toString(), "all=1")
                .user("root")
                .directory(Path.of("/tmp"))
                .environment(NastyText.variables())
                .writeTo(directory, ExportFormat.SYSTEMD);
        List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        written.stream()
                .filter(file -> file.path().endsWith(".service") || file.path().endsWith(".target"))
                .forEach(file -> command.add(directory.resolve(file.path()).toString()));

        Outcome outcome = run(Map.of(), command.toArray(String[]::new));

        assertThat(outcome.output().lines().filter(line -> line.contains("shop")))
                .isEmpty();
        assertThat(outcome.status()).isZero();
    }

    /** By the rules of systemd.service(5): C escapes in quotes, then $$ and %%. */
    @ParameterizedTest
    @MethodSource("texts")
    void systemdsArgumentMeansTheCommand(String text) {
        String quoted = SystemdFiles.argument(text);

        assertThat(quoted).startsWith("\"").endsWith("\"").doesNotContain("\n");
        String inner = quoted.substring(1, quoted.length() - 1);
        assertThat(inner.replace("\\x09", "\t")
                        .replace("\\\"", "\"")
                        .replace("\\\\", "\\")
                        .replace("$$", "$")
                        .replace("%%", "%"))
                .isEqualTo(text);
        assertThat(inner.replace("$$", "").replace("%%", ""))
                .doesNotContain("$")
                .doesNotContain("%");
    }

    /** The three readers of supervisord, as it sets them up: configparser with inline comments, expansion, shlex. */
    @Test
    void supervisordReadsEveryCommandAsItIs() throws IOException, InterruptedException {
        assumeTrue(isInstalled("python3"), "SKIPPED: python3 is missing");
        String reader = """
                import configparser, shlex, sys
                for name in sys.argv[1:]:
                    parser = configparser.RawConfigParser(inline_comment_prefixes=(';', '#'), strict=False)
                    parser.read(name, encoding='utf-8')
                    command = parser.get('program:shop-web-1', 'command') % {'here': '/'}
                    sys.stdout.buffer.write(shlex.split(command)[-1].encode('utf-8') + b'\\0')
                """;

        assertThat(readBy(reader, ExportFormat.SUPERVISORD, "shop.conf")).isEqualTo(commands());
    }

    /** What one python makes of the exports of every text; starting it costs more than all it reads. */
    private List<String> readBy(String reader, ExportFormat format, String path)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-c", reader));
        for (String text : commands()) {
            Path file = Files.createTempFile(directory, "export", path);
            Files.writeString(
                    file, content(export("web: " + text + "\n", "web=1").files(format), path));
            command.add(file.toString());
        }
        return Splitter.on('\0').splitToList(output(Map.of(), command.toArray(String[]::new))).stream()
                .limit(commands().size())
                .toList();
    }

    private static List<String> commands() {
        return NastyText.texts().map(text -> "run " + text + " end").toList();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void launchdsListHoldsTheCommandAsItIs(String text) throws Exception {
        String list =
                content(export("web: run " + text + " end\n", "web=1").files(ExportFormat.LAUNCHD), "shop-web-1.plist");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(list.getBytes(UTF_8)));
        NodeList strings = ((Element) document.getElementsByTagName("array").item(0)).getElementsByTagName("string");

        assertThat(strings.item(strings.getLength() - 1).getTextContent()).isEqualTo("run " + text + " end");
    }

    @Test
    void launchdRefusesWhatXmlCannotHold() {
        assertThatThrownBy(() -> export("web: printf \u0001\n", "web=1").files(ExportFormat.LAUNCHD))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("web.1")
                .hasMessageContaining("no control characters");
    }

    @Test
    void composeReadsEveryCommandAsItIs() throws IOException, InterruptedException {
        assumeTrue(
                isInstalled("python3")
                        && run(Map.of(), "python3", "-c", "import yaml").status() == 0,
                "SKIPPED: python3 or its yaml is missing");
        String reader = """
                import sys, yaml
                for name in sys.argv[1:]:
                    document = yaml.safe_load(open(name, encoding='utf-8'))
                    sys.stdout.buffer.write(document['services']['web-1']['command'][-1].encode('utf-8') + b'\\0')
                """;

        assertThat(readBy(reader, ExportFormat.COMPOSE, "compose.yaml").stream()
                        .map(command -> command.replace("$$", "$"))
                        .toList())
                .isEqualTo(commands());
    }

    /** The target's own checker. */
    @Test
    void composeAcceptsTheFile() throws IOException, InterruptedException {
        assumeTrue(isInstalled("docker-compose"), "SKIPPED: docker-compose is missing");
        export("web: run it\nworker: work \"$HARD\"\n", "web=2,worker=1")
                .environment(Map.of("TOKEN", "a b"))
                .writeTo(directory, ExportFormat.COMPOSE);

        assertThat(output(
                        Map.of(),
                        "docker-compose",
                        "-f",
                        directory.resolve("compose.yaml").toString(),
                        "config"))
                .contains("work \"$$HARD\"", "TOKEN: a b", "PORT: '5100'");
    }

    /**
     * By Debian's version 1, so without what only later versions can read: it has no way to say a brace behind a dollar,
     * nor a quote beside a dollar. A dollar is doubled in what it
     * prints.
     */
    @Test
    void composeReadsEveryValueOfTheEnvironmentFile() throws IOException, InterruptedException {
        assumeTrue(
                isInstalled("docker-compose") && isInstalled("python3"),
                "SKIPPED: docker-compose or python3 is missing");
        Map<String, String> variables = new LinkedHashMap<>(NastyText.variables());
        variables
                .values()
                .removeIf(value ->
                        value.contains("${") || (value.contains("'") && (value.contains("$") || value.endsWith("\\"))));
        export("web: run it\n", "web=1").environment(variables).writeTo(directory, ExportFormat.COMPOSE);
        String compose = directory.resolve("compose.yaml").toString();
        String reader = """
                import json, subprocess, sys, yaml
                text = subprocess.run(['docker-compose', '-f', sys.argv[1], 'config'], capture_output=True, check=True)
                values = yaml.safe_load(text.stdout.decode('utf-8'))['services']['web-1']['environment']
                wanted = dict(line.split('=', 1) for line in sys.argv[2:])
                for key, value in wanted.items():
                    if values.get(key, 'missing').replace('$$', '$') != value:
                        print(key, json.dumps(values[key]), 'is not', json.dumps(value))
                print(len(wanted), 'compared')
                """;
        List<String> command = new ArrayList<>(List.of("python3", "-c", reader, compose));
        variables.forEach((key, value) -> command.add(key + "=" + value));

        assertThat(output(Map.of(), command.toArray(String[]::new))).isEqualTo(variables.size() + " compared\n");
    }

    /** The target's own format, by the reader that Debian packages. */
    @Test
    void plistutilAcceptsTheLists() throws IOException, InterruptedException {
        assumeTrue(isInstalled("plistutil"), "SKIPPED: plistutil is missing");
        export("web: run 'it' & \"that\" <in >out $X\n", "web=1").writeTo(directory, ExportFormat.LAUNCHD);

        String binary = directory.resolve("list.bin").toString();
        output(
                Map.of(),
                "plistutil",
                "-i",
                directory.resolve("shop-web-1.plist").toString(),
                "-o",
                binary);
        assertThat(output(Map.of(), "plistutil", "-i", binary)).contains("run 'it' &amp; \"that\" &lt;in &gt;out $X");
    }

    @Test
    void badOptionsAreNamed() {
        Export export = export("web: x\n", "web=1");

        assertThatThrownBy(() -> export.user("Not A User")).hasMessageContaining("user: \"Not A User\"");
        assertThatThrownBy(() -> export.directory(Path.of("relative"))).hasMessageContaining("\"relative\"");
        assertThatThrownBy(() -> export.environment(Map.of("A-B", "s3cret")))
                .hasMessageContaining("\"A-B\"")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> export.basePort(70_000).files(ExportFormat.RUNIT))
                .hasMessageContaining("70000");
    }

    private static String printing(String text) {
        return "printf %s " + ShellText.quoted(text);
    }

    private record Outcome(int status, String output) {}

    private String output(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Outcome outcome = run(environment, command);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private Outcome run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path file = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(file.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as(Arrays.toString(command))
                    .isTrue();
            return new Outcome(process.exitValue(), Files.readString(file));
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(entry -> !entry.isEmpty() && Files.isExecutable(Path.of(entry, program)));
    }
}
