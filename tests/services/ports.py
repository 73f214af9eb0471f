"""Ports for servers: nobody takes one before its server is started, or between two starts."""

import random
import socket
import sys

#: Below those that the system gives to whoever connects to something.
_FROM, _TO = 10_000, 32_768
#: A name for each port that was given, for as long as this process lives: others run tests too.
_taken = []


def free_port(and_above=0):
    """A port of this machine that nobody has, nor, if wanted, the one so much above it."""
    while True:
        port = random.randrange(_FROM, _TO - and_above)
        if all(_is_free(each) and _take(each) for each in {port, port + and_above}):
            return port


def _is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _take(port):
    if sys.platform != "linux":
        return True  # only there a socket can have a name that goes with its process
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0artitec-tests-{port}")
    except OSError:
        name.close()
        return False
    _taken.append(name)
    return True
