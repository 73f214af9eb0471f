"""Pictures for the stage: read, veiled and scaled to the room in workers, ahead of being shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from .....domain.errors import MediaError
from .....domain.media import Media
from .....domain.moderation import Waiting
from .....tasks.runner import Pool
from ....decoding import in_turn
from ....viewer.canvas import size_of
from ....viewer.picture import Picture
from ....viewer.pictures import Pictures
from ....viewer.view import View
from ..veil import Veil, veiled_picture

if TYPE_CHECKING:
    from .....bootstrap import App
    from .....tasks.runner import Task

#: Of all that was read ahead; enough for some tens of items on a usual screen.
_BYTES: Final = 192 << 20
#: Before pictures that are still to be read.
_FIRST: Final = 2_000
#: In pixels: by so much a scaled picture's height may lie beside that of its media.
_ROUNDED: Final = 2


@dataclass(frozen=True, slots=True)
class Face:
    """A picture as it may be seen. ``frame`` is all of it as large as the room lets it be.

    ``source`` is what it was made of; ``room`` is in pixels of the screen.
    """

    veil: Veil
    source: Picture
    room: QSize
    picture: Picture
    frame: QImage

    @property
    def weight(self) -> int:
        """What it holds in memory, in bytes."""
        own = 0 if self.picture is self.source else self.picture.weight
        return own + self.source.weight + self.frame.sizeInBytes()


_Recipe = tuple[Veil, Picture, QSize]


@dataclass(slots=True)
class _Making:
    recipe: _Recipe
    task: "Task | None" = None

    def cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()


class StagePictures(QObject):
    """Of each media the clear picture, and its face below the veil it is wanted with."""

    #: The id of a media whose face, a better one, or the error instead of it has come.
    arrived = Signal(int)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._clear = Pictures(app, self, _BYTES)
        self._clear.arrived.connect(self._read)
        self._wanted: dict[int, tuple[Media, Veil]] = {}
        self._faces: dict[int, Face] = {}
        self._making: dict[int, _Making] = {}
        self._room = QSize(1, 1)

    def face(self, key: int, veil: Veil) -> Face | None:
        """What may be shown of a media below a veil, by its id."""
        found = self._faces.get(key)
        return found if found is not None and found.veil == veil else None

    def clear(self, key: int) -> Picture | None:
        """What is below the veil; only for who asked to look."""
        return self._clear.get(key)

    def error(self, key: int) -> MediaError | None:
        """Why there is no picture."""
        return self._clear.error(key)

    def want(
        self,
        shown: tuple[Waiting, Veil] | None,
        near: Sequence[tuple[Waiting, Veil]],
        room: QSize,
        full: int,
    ) -> None:
        """Replace what was wanted before. ``room`` is the stage's, in pixels of the screen.

        ``full`` is how many pixels across the one that is shown would be best, see Pictures.want.
        """
        first = () if shown is None else (shown,)
        self._wanted = {
            item.media.id: (item.media, veil)
            for item, veil in (*reversed(near), *first)
            if not item.media.is_link
        }
        self._room = room
        shown_media = [item.media for item, _ in first if item.media.id in self._wanted]
        near_media = [item.media for item, _ in near if item.media.id in self._wanted]
        self._clear.want(shown_media, near_media, room.width(), full)
        for key in [key for key in self._making if key not in self._wanted]:
            self._making.pop(key).cancel()
        for key in reversed(self._wanted):
            self._make(key)

    def try_again(self, key: int) -> None:
        """Forget why there was no picture; it is read when it is wanted next."""
        self._clear.try_again(key)

    def forget(self) -> None:
        """Let go of everything."""
        for each in self._making.values():
            each.cancel()
        self._making.clear()
        self._wanted.clear()
        self._faces.clear()
        self._clear.clear()

    def _read(self, key: int) -> None:
        if key in self._wanted and self._clear.get(key) is not None:
            self._make(key)
        else:
            self.arrived.emit(key)

    def _make(self, key: int) -> None:
        source = self._clear.get(key)
        if source is None:
            return
        media, veil = self._wanted[key]
        recipe = (veil, source, self._room)
        made = self._faces.get(key)
        if made is not None and _serves((made.veil, made.source, made.room), recipe):
            return
        pending = self._making.get(key)
        if pending is not None:
            if _serves(pending.recipe, recipe):
                return
            pending.cancel()
        making = self._making[key] = _Making(recipe)

        def done(face: Face) -> None:
            if self._making.get(key) is making:
                del self._making[key]
                self._faces[key] = face
                self._make_room()
                self.arrived.emit(key)

        def failed(_error: MediaError) -> None:
            if self._making.get(key) is making:
                del self._making[key]

        making.task = self._app.runner.run(
            lambda _: face_of(media, *recipe), done, failed, pool=Pool.THUMBNAILS, priority=_FIRST
        )

    def _make_room(self) -> None:
        held = sum(each.weight for each in self._faces.values())
        for key in [key for key in self._faces if key not in self._wanted]:
            if held <= _BYTES:
                return
            held -= self._faces.pop(key).weight


def _serves(one: _Recipe, other: _Recipe) -> bool:
    """Whether what one gives will do for the other.

    Below a blur a better source shows nothing more: what is seen would only move a little.
    """
    # Pictures are compared by who they are: by value, Qt would compare their pixels.
    same_source = one[1] is other[1] or other[0].blur
    return one[0] == other[0] and same_source and one[2] == other[2]


def face_of(media: Media, veil: Veil, source: Picture, room: QSize) -> Face:
    """Veil a picture and scale it to the room, so that painting it is copying."""
    with in_turn():
        picture = veiled_picture(source, veil)
        size = frame_size(media, source, room)
        level = picture.level(size.width())
        frame = level.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return Face(veil, source, room, picture, frame)


def is_part(poster: Picture, media: Media) -> bool:
    """Whether a poster is cut out of its video: a small one has but the square thumbnail."""
    if not media.width or not media.height:
        return False
    high = poster.size.width() * media.height / media.width
    return abs(high - poster.size.height()) > _ROUNDED


def frame_size(media: Media | None, picture: Picture, room: QSize) -> QSize:
    """How large all of a picture is in a room, in whole pixels of the screen."""
    area = View().rect(size_of(media, picture), room.toSizeF())
    return area.size().toSize().expandedTo(QSize(1, 1))
