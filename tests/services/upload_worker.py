"""A process that opens a library and works its journal off, made to be killed."""

import multiprocessing
import os
import signal
import threading
from contextlib import suppress

import alembic.command  # noqa: F401  # what the application imports late is read once, not by each
import boto3.s3.transfer  # noqa: F401
import imagehash  # noqa: F401
import sqlalchemy.dialects.mysql.pymysql
import sqlalchemy.dialects.sqlite  # noqa: F401
from PIL import Image

from artitec_media_desktop.bootstrap.library import Library
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.services.profiles import ProfileService

from .mariadb import PASSWORD

Image.init()
#: Forks from one that has imported this: a process of its own each, in a tenth of the time.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])


class Worker:
    """The process; it works in three threads and ends itself the Nth time a step is reached.

    With ``most`` it stands still after so many steps, to be killed.
    """

    def __init__(self, root, environment, email, step="none", count=1, most=None):
        self._steps, there = _PROCESSES.Pipe(duplex=False)
        self._process = _PROCESSES.Process(
            target=_work, args=(there, root, environment, email, step, count, most)
        )
        self._process.start()
        there.close()

    def wait_for_steps(self, count):
        """Wait until so many were reached, of whatever files, or it has ended."""
        with suppress(EOFError):
            for _ in range(1 + count):
                assert self._steps.poll(180), "it stands still"
                self._steps.recv()

    def kill(self):
        self._process.kill()

    def end(self, seconds=180):
        """Its exit status, once it has ended; the signal below zero."""
        self._process.join(seconds)
        status = self._process.exitcode
        assert status is not None, "it did not end"
        self._process.close()
        self._steps.close()
        return status


def open_library(root, environment, email):
    home = Home(root)
    profiles = ProfileService(home, Secrets(), environment)
    library = Library.of(home, profiles.find(None), profiles.secrets)
    library.open(email, PASSWORD)
    return library


def _work(steps, root, environment, email, step, count, most):
    library, lock, reached = open_library(root, environment, email), threading.Lock(), []

    def die(name):
        with lock:
            steps.send(name)
            reached.append(name)
            if reached.count(step) == count:
                os.kill(os.getpid(), signal.SIGKILL)
            if len(reached) == most:
                threading.Event().wait()

    def work():
        while (item := library.uploads.claim()) is not None:
            library.uploads.work_on(item, Unwatched(), lambda _: None)

    library.step = die
    library.uploads.recover()
    steps.send("working")
    threads = [threading.Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
