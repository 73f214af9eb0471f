"""A line to a server that can be cut, reset, or left hanging after so many bytes."""

import socket
import struct
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass
class Fault:
    """What is to happen, and when."""

    kind: str
    where: str
    after: int
    times: int
    once: bytes

    def __post_init__(self):
        self.left = self.after


class FaultProxy:
    """Passes bytes both ways until a fault that was armed is due."""

    def __init__(self, target):
        self._target = target
        self._lock = threading.Lock()
        self._faults = []
        self._sockets = []
        self._threads = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.struck = 0
        self._start(self._accept)

    def arm(self, kind, where, after=0, times=1, once=b""):
        """``kind``: cut, reset or hang; ``where``: request or response; after so many bytes.

        The bytes are counted from when a request holds ``once``.
        """
        with self._lock:
            self._faults.append(Fault(kind, where, after, times, once))

    def clear(self):
        """All is well again."""
        with self._lock:
            self._faults.clear()

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
                far = socket.create_connection(("127.0.0.1", self._target))
                self._sockets += [near, far]
                self._start(self._pass, near, far, "request")
                self._start(self._pass, far, near, "response")

    def _pass(self, source, sink, where):
        kind = None
        with suppress(OSError):
            while kind is None and (data := source.recv(65536)):
                kind, allowed = self._due(where, data)
                sink.sendall(data[:allowed])
        if kind == "hang":
            return
        for each in (source, sink):
            with suppress(OSError):
                if kind == "reset":
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    each.shutdown(socket.SHUT_RD)  # wakes the other thread, tells nobody
                    each.close()
                else:
                    each.shutdown(socket.SHUT_RDWR)

    def _due(self, where, data):
        """The fault that is due within the next bytes, and how many of them still pass."""
        with self._lock:
            for fault in self._faults:
                if where == "request" and fault.once and fault.once in data:
                    fault.once = b""
                if fault.where != where or not fault.times or fault.once:
                    continue
                if fault.left >= len(data):
                    fault.left -= len(data)
                    break
                allowed, fault.left = fault.left, fault.after
                fault.times -= 1
                self.struck += 1
                return fault.kind, allowed
        return None, len(data)


@contextmanager
def fault_proxy(target):
    """A proxy to a port of this machine."""
    proxy = FaultProxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
