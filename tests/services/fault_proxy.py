"""A line to a server that can be cut, reset, or left hanging after so many bytes."""

import socket
import struct
import threading
from contextlib import contextmanager, suppress


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

    def arm(self, kind, where, after=0, times=1):
        """``kind``: cut, reset or hang; ``where``: request or response; after so many bytes."""
        with self._lock:
            self._faults.append([kind, where, after, times, after])

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
                kind, allowed = self._due(where, len(data))
                sink.sendall(data[:allowed])
        if kind == "hang":
            return
        for each in (source, sink):
            if kind == "reset":
                with suppress(OSError):
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            if kind == "reset":
                # Only the last handle's closing sends the reset, so the other thread is woken.
                each.close()

    def _due(self, where, count):
        """The fault that is due within the next bytes, and how many of them still pass."""
        with self._lock:
            for fault in self._faults:
                if fault[1] != where or not fault[3]:
                    continue
                if fault[4] >= count:
                    fault[4] -= count
                    return None, count
                allowed, fault[4] = fault[4], fault[2]
                fault[3] -= 1
                self.struck += 1
                return fault[0], allowed
        return None, count


@contextmanager
def fault_proxy(target):
    """A proxy to a port of this machine."""
    proxy = FaultProxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
