"""Pictures for the viewer: read and decoded in workers, kept up to a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ...domain.errors import MediaError
from ...domain.media import Media, MediaType
from ...tasks.runner import Pool
from ..decoding import in_turn
from .picture import Picture, decode

if TYPE_CHECKING:
    from ...bootstrap import App
    from ...tasks.runner import Task

#: A picture, and the file of the original where it was decoded from that.
Answer = tuple[Picture, bytes | None]
#: Some pictures of a usual camera; one that is larger than all of it is kept while it is shown.
_BYTES: Final = 256 << 20
#: Before any thumbnail that waits.
_FIRST: Final = 1_000


@dataclass(slots=True)
class _Request:
    width: int
    task: "Task | None" = None


class Pictures(QObject):
    """First the best variant there is, then, where more is wanted, the original."""

    #: The id of a media whose picture, or the error instead of it, has come.
    arrived = Signal(int)

    def __init__(self, app: "App", parent: QObject | None = None, limit: int = _BYTES) -> None:
        """``limit`` is in bytes."""
        super().__init__(parent)
        self._app = app
        self._limit = limit
        self._found: OrderedDict[int, Picture] = OrderedDict()
        self._errors: dict[int, MediaError] = {}
        self._requests: dict[int, _Request] = {}
        self._shown: set[int] = set()
        #: Whose original is shown, or can't be.
        self._exhausted: set[int] = set()
        #: The file of one original, so that zooming in does not fetch it again.
        self._file: tuple[int, bytes] | None = None

    @property
    def weight(self) -> int:
        """What all that is kept holds in memory, in bytes."""
        return sum(each.weight for each in self._found.values())

    def get(self, key: int) -> Picture | None:
        """What there is of a media by its id."""
        return self._found.get(key)

    def error(self, key: int) -> MediaError | None:
        """Why there is no picture."""
        return self._errors.get(key)

    def want(self, shown: Sequence[Media], near: Sequence[Media], width: int, full: int) -> None:
        """Replace what was wanted before.

        ``shown`` is wanted ``full`` pixels across if there are so many, what is ``near`` at least
        in some size, best ``width`` pixels across. Errors of all others are forgotten.
        """
        wanted = {each.id for each in (*shown, *near)}
        for key in [key for key in self._requests if key not in wanted]:
            self._cancel(key)
        self._errors = {key: each for key, each in self._errors.items() if key in wanted}
        self._exhausted &= wanted
        self._shown = {each.id for each in shown}
        for rank, media in enumerate(near):
            if media.id not in self._found:
                self._ask(media, width, -rank)
        for media in shown:
            if media.id in self._found:
                self._found.move_to_end(media.id)
            if self._lacks(media, full):
                self._ask(media, full if media.id in self._found else width, _FIRST)
        self._make_room()

    def try_again(self, key: int) -> None:
        """Forget why there was no picture; it is read when it is wanted next."""
        self._errors.pop(key, None)

    def clear(self) -> None:
        """Let go of everything."""
        for key in list(self._requests):
            self._cancel(key)
        self._found.clear()
        self._errors.clear()
        self._exhausted.clear()
        self._file = None

    def _lacks(self, media: Media, width: int) -> bool:
        found = self._found.get(media.id)
        if found is None:
            return True
        if media.media_type is not MediaType.IMAGE or media.id in self._exhausted:
            return False
        return found.width < min(width, media.width or width)

    def _ask(self, media: Media, width: int, priority: int) -> None:
        key = media.id
        pending = self._requests.get(key)
        if key in self._errors or (pending is not None and pending.width >= width):
            return
        self._cancel(key)
        request = self._requests[key] = _Request(width)
        load = self._from_original if key in self._found else self._from_variant
        request.task = self._app.runner.run(
            load(media, width),
            lambda answer: self._done(key, request, answer),
            lambda error: self._failed(key, request, error),
            pool=Pool.THUMBNAILS,
            priority=_FIRST + priority,
        )

    def _from_variant(self, media: Media, width: int) -> Callable[["Task"], Answer]:
        def load(task: "Task") -> Answer:
            data = self._app.library.picture(media, width)
            return _decoded(task, data, width), None

        return load

    def _from_original(self, media: Media, width: int) -> Callable[["Task"], Answer]:
        kept = self._file[1] if self._file is not None and self._file[0] == media.id else None

        def load(task: "Task") -> Answer:
            data = self._app.library.original(media) if kept is None else kept
            return _decoded(task, data, width), data

        return load

    def _done(self, key: int, request: _Request, answer: Answer) -> None:
        if self._requests.get(key) is not request:
            return  # it was cancelled; what is shown now is another one
        del self._requests[key]
        picture, file = answer
        if file is not None:
            self._file = (key, file)
            if picture.width >= picture.size.width():
                self._exhausted.add(key)
        self._found[key] = picture
        self._found.move_to_end(key)
        self._make_room()
        self.arrived.emit(key)

    def _failed(self, key: int, request: _Request, error: MediaError) -> None:
        if self._requests.get(key) is not request:
            return
        del self._requests[key]
        if key in self._found:
            self._exhausted.add(key)  # what there is goes on being shown
        else:
            self._errors[key] = error
        self.arrived.emit(key)

    def _cancel(self, key: int) -> None:
        request = self._requests.pop(key, None)
        if request is not None and request.task is not None:
            request.task.cancel()

    def _make_room(self) -> None:
        held = self.weight
        for key in [key for key in self._found if key not in self._shown]:
            if held <= self._limit:
                return
            held -= self._found.pop(key).weight


def _decoded(task: "Task", data: bytes, width: int) -> Picture:
    with in_turn():
        task.check_cancelled()  # while it waited, another one may have come to be shown
        return decode(data, width)
