"""A line to a server that can be cut, reset, left hanging, slow, or answer for the server."""

import socket
import ssl
import struct
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

#: What a server of S3 that is overworked says.
SLOW_DOWN = (
    b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
)


def http_answer(status, body=b""):
    """A whole answer of HTTP, after which the connection is closed."""
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


@dataclass
class Fault:
    """What is to happen, and when."""

    kind: str
    where: str
    after: int
    times: int
    once: bytes
    each: bytes
    answer: bytes
    #: The lines on which a request held ``each`` whose answer has not come.
    asked: set = field(default_factory=set)

    def __post_init__(self):
        self.left = self.after


class FaultProxy:
    """Passes bytes both ways until a fault that was armed is due."""

    def __init__(self, target, certificate=None):
        """``certificate`` (its file and its key's): speak TLS to whoever comes."""
        self._target = target
        self._tls = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(*certificate)
        self._lock = threading.Lock()
        self._faults = []
        self._sockets = []
        self._threads = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.struck = 0
        #: Bytes of requests that were passed on.
        self.sent = 0
        #: Seconds by which every piece that is passed on is late.
        self.delay = 0.0
        self._start(self._accept)

    def arm(self, kind, where, after=0, times=1, *, once=b"", each=b"", answer=b""):
        """``kind``: cut, reset, hang or answer; ``where``: request or response.

        It is due after so many bytes, counted from when a request holds ``once``; with ``each``
        only on lines on which a request holds that. ``answer`` is what is said in the server's
        place.
        """
        with self._lock:
            self._faults.append(Fault(kind, where, after, times, once, each, answer))

    def clear(self):
        """All is well again."""
        with self._lock:
            self._faults.clear()
        self.delay = 0.0

    def close(self):
        for each in (self._listener, *self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for each in self._threads:
            each.join(5)

    def _start(self, target, *arguments):
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        with suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                self._start(self._join, near)

    def _join(self, near):
        """Bring both ends together; whoever finds no server is turned away."""
        try:
            if self._tls is not None:
                near = self._tls.wrap_socket(near, server_side=True)
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            near.close()
            return
        self._sockets += [near, far]
        line = object()
        self._start(self._pass, near, far, "request", line)
        self._start(self._pass, far, near, "response", line)

    def _pass(self, source, sink, where, line):
        fault = None
        with suppress(OSError):
            while fault is None and (data := source.recv(65536)):
                fault, allowed = self._due(where, data, line)
                if self.delay:
                    time.sleep(self.delay)
                if fault is None or fault.kind != "answer":
                    sink.sendall(data[:allowed])
                    if where == "request":
                        with self._lock:
                            self.sent += allowed
        kind = None if fault is None else fault.kind
        if kind == "hang":
            return
        if kind == "answer":
            _say(source, fault.answer)
        for each in (source, sink):
            with suppress(OSError):
                if kind == "reset":
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    each.shutdown(socket.SHUT_RD)  # wakes the other thread, tells nobody
                    each.close()
                else:
                    each.shutdown(socket.SHUT_RDWR)

    def _due(self, where, data, line):
        """The fault that is due within the next bytes, and how many of them still pass."""
        with self._lock:
            for fault in self._faults:
                if where == "request":
                    if fault.once and fault.once in data:
                        fault.once = b""
                    if fault.each and fault.each in data:
                        fault.asked.add(line)
                if fault.where != where or not fault.times or fault.once:
                    continue
                if fault.each and line not in fault.asked:
                    continue
                if fault.left >= len(data):
                    fault.left -= len(data)
                    break
                allowed, fault.left = fault.left, fault.after
                fault.asked.discard(line)
                fault.times -= 1
                self.struck += 1
                return fault, allowed
        return None, len(data)


def _say(sink, answer):
    """Answer, and hear the rest of the question: a line closed before that loses the answer."""
    with suppress(OSError):
        sink.sendall(answer)
        sink.shutdown(socket.SHUT_WR)
        sink.settimeout(5)
        while sink.recv(65536):
            pass


@contextmanager
def fault_proxy(target, certificate=None):
    """A proxy to a port of this machine."""
    proxy = FaultProxy(target, certificate)
    try:
        yield proxy
    finally:
        proxy.close()
