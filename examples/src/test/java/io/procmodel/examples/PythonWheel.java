package io.procmodel.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a wheel with one module and a console script, as a build of a Python package makes them. */
final class PythonWheel {
    private static final String MODULE = """
            import os
            import signal
            import sys
            from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


            class Greeter(BaseHTTPRequestHandler):
                def do_GET(self):
                    body = f"{os.environ['GREETING']} from a console script in {os.environ['DYNO']}\\n".encode()
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)


            def main():
                signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
                ThreadingHTTPServer(("", int(os.environ["PORT"])), Greeter).serve_forever()
            """;

    private PythonWheel() {}

    static void write(Path directory) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("greeter.py", MODULE);
        files.put("greeter-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeter\nVersion: 1.0\n");
        files.put(
                "greeter-1.0.dist-info/WHEEL",
                "Wheel-Version: 1.0\nGenerator: by-hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        files.put("greeter-1.0.dist-info/entry_points.txt", "[console_scripts]\ngreeter = greeter:main\n");
        StringBuilder record = new StringBuilder();
        files.keySet().forEach(name -> record.append(name).append(",,\n"));
        files.put("greeter-1.0.dist-info/RECORD", record + "greeter-1.0.dist-info/RECORD,,\n");
        Path wheel = Files.createDirectories(directory).resolve("greeter-1.0-py3-none-any.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }
}
