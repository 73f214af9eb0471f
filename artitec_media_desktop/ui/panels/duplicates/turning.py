"""A copy that lies otherwise than the keeper, turned so that the same part is at the same spot."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QTransform

from ....domain.errors import MediaError
from ...viewer.picture import Picture

if TYPE_CHECKING:
    from ....bootstrap import App

_QUARTER = 90
#: The parts of an orientation; see ``DuplicateService.orientations``.
_TRANSPOSED, _MIRRORED, _UPSIDE_DOWN = 4, 2, 1


def turned(picture: Picture, orientation: int) -> Picture:
    """All of it in another orientation; for a worker."""
    size = picture.size.transposed() if orientation & _TRANSPOSED else QSize(picture.size)
    return Picture(tuple(_turned(each, orientation) for each in picture.levels), size)


class Turning(QObject):
    """Turns one picture at a time, in a worker."""

    #: It lies as the keeper now.
    made = Signal()

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._orientation = 0
        self._asked: Picture | None = None
        #: As it is, and turned.
        self._found: tuple[Picture, Picture] | None = None

    def begin(self, orientation: int) -> None:
        """Another copy is compared."""
        self._orientation, self._asked, self._found = orientation, None, None

    def get(self, picture: Picture | None) -> Picture | None:
        """The picture as the keeper lies; what there was of it, or None, until ``made``."""
        if picture is None or not self._orientation:
            return picture
        if picture is not self._asked:
            self._make(picture)
        return None if self._found is None else self._found[1]

    def is_made(self, picture: Picture) -> bool:
        """Whether ``get`` gives this very one."""
        return not self._orientation or (self._found is not None and self._found[0] is picture)

    def _make(self, picture: Picture) -> None:
        self._asked, orientation = picture, self._orientation

        def done(made: Picture) -> None:
            if picture is self._asked:
                self._found = picture, made
                self.made.emit()

        def failed(_error: MediaError) -> None:
            """It can't."""

        self._app.runner.run(
            lambda _: turned(picture, orientation), done, failed, None, lambda: None
        )


def _turned(image: QImage, orientation: int) -> QImage:
    if orientation & _TRANSPOSED:
        image = _flipped(image.transformed(QTransform().rotate(_QUARTER)), True, False)
    return _flipped(image, bool(orientation & _MIRRORED), bool(orientation & _UPSIDE_DOWN))


def _flipped(image: QImage, across: bool, down: bool) -> QImage:
    return image.transformed(QTransform.fromScale(-1 if across else 1, -1 if down else 1))
