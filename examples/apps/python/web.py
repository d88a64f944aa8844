import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Greeter(BaseHTTPRequestHandler):
    def do_GET(self):
        greeting = os.environ.get("GREETING", "hello")
        body = f"{greeting} from Python in {os.environ['DYNO']}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
print("virtual environment:", sys.prefix != sys.base_prefix)
ThreadingHTTPServer(("", int(os.environ["PORT"])), Greeter).serve_forever()
