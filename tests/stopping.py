"""Work that is cancelled while the database computes."""

import threading
import time

import pytest

from artitec_media_desktop.domain.errors import Cancelled


class Work:
    def __init__(self):
        self.stop = threading.Event()

    def progress(self, done, total, text=""):
        pass

    def check_cancelled(self):
        if self.stop.is_set():
            raise Cancelled


def stopped(database, endless):
    """Seconds until it ended, after it was cancelled while it ran."""
    work = Work()
    threading.Timer(0.2, work.stop.set).start()
    began = time.monotonic()
    with pytest.raises(Cancelled), database.read(work) as tx:
        tx.exec_driver_sql(endless).all()
    return time.monotonic() - began - 0.2
