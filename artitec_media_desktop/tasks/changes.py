"""What happened to the library: every page refreshes by it, whoever did it."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """One a library. Whoever changes something says so here."""

    #: Change: done by this application.
    happened = Signal(object)
    #: domain.listing.Changed: done by others, found by asking.
    noticed = Signal(object)
