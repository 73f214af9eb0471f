"""moto as an S3 server on loopback, for what a real server can't be made to say."""

import logging
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from artitec_media_desktop.storage import S3Settings


@dataclass
class MotoServer:
    """``refuse`` makes the next requests fail; ``requests`` lists all, as method and path."""

    port: int = 0
    secure: bool = False
    requests: list = field(default_factory=list)
    refusals: list = field(default_factory=list)
    #: Seconds by which its clock is ahead.
    ahead: float = 0

    def refuse(self, status, code, times=1, method=None):
        self.refusals.append([status, code, times, method])

    def settings(self, bucket, **others):
        scheme = "https" if self.secure else "http"
        values = {"endpoint": f"{scheme}://127.0.0.1:{self.port}", "read_timeout": 10, **others}
        return S3Settings(bucket, "KEY", "SECRET", **values)


@contextmanager
def moto(certificate=None):
    """Start moto; ``certificate`` is a pair of PEM files for TLS."""
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def date_time_string(self, timestamp=None):
            return super().date_time_string((timestamp or time.time()) + server.ahead)

        def log(self, *_args, **_others):
            pass

    application = DomainDispatcherApplication(create_backend_app)
    server = MotoServer(secure=certificate is not None)

    def answer(environ, start_response):
        method = environ["REQUEST_METHOD"]
        server.requests.append((method, environ["PATH_INFO"]))
        for each in server.refusals:
            status, code, times, only = each
            if times and only in (None, method):
                each[2] -= 1
                environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
                if method == "HEAD":
                    body = b""
                start_response(f"{status} Refused", [("Content-Length", str(len(body)))])
                return [body]
        return application(environ, start_response)

    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*map(str, certificate))
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    http = make_server(
        "127.0.0.1", 0, answer, threaded=True, request_handler=Quiet, ssl_context=context
    )
    server.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
