"""The few ways in which a piece of work can end badly.

Every error that a person may see carries one sentence which names the thing, what happened
and what to do. ``code`` is short, stable and meant for scripts.
"""


class MediaError(Exception):
    """Base of every expected error; ``code`` for scripts, ``message`` for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class Transient(MediaError):
    """A fault that passes by itself (network, a busy disk or server): wait and try again."""


class Permanent(MediaError):
    """Trying again changes nothing: not an image, too large, gone."""


class Unusable(Permanent):
    """The way to the library is wrong (an address, key, right, certificate, clock).

    Nothing is the matter with what was to be done: it waits until somebody corrects that.
    """


class NotFound(Permanent):
    """What was asked for does not exist (any more)."""


class Forbidden(Permanent):
    """The signed-in account may not do this."""


class Conflict(Permanent):
    """Somebody else changed the same thing first."""


class Cancelled(Exception):
    """The person asked for the work to stop."""
