"""Hands over to the queue what was dropped, pasted or chosen, on whichever page."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSaveFile
from PySide6.QtGui import QImage, QImageWriter

from ..config.settings import Settings
from ..domain.errors import MediaError, Permanent
from ..domain.targets import Target
from ..domain.uploads import OnDuplicate, UploadOptions
from .drops import Dragged
from .enclosed import Content

if TYPE_CHECKING:
    from ..bootstrap import App

#: The setting's name, and what can be chosen. “Keep” as a rule does not mean the very same file on
#: the same place twice, as a decision on one file does.
ON_DUPLICATE: Final = "uploads.on_duplicate"
ON_DUPLICATES: Final = {
    "ask": OnDuplicate.ASK,
    "skip": OnDuplicate.SKIP,
    "keep": OnDuplicate.REPORT,
}
OnError = Callable[[MediaError], None]


def on_duplicate(settings: Settings) -> str:
    """The choice of the settings, one of ``ON_DUPLICATES``."""
    wanted = settings.get(ON_DUPLICATE, "ask")
    return wanted if wanted in ON_DUPLICATES else "ask"


def options(settings: Settings) -> UploadOptions:
    """What a window writes with files: about look-alikes it asks, unless the settings say else."""
    return UploadOptions(on_duplicate=ON_DUPLICATES[on_duplicate(settings)])


def add(
    app: "App",
    paths: Sequence[str],
    target: Target | None,
    on_error: OnError,
    on_done: Callable[[int], None] | None = None,
    *,
    first: bool = False,
) -> None:
    """Files and folders; without a target they wait to be placed. ``first``: before all others."""
    wanted = options(app.settings)
    app.pump.drop(list(paths), target, wanted, on_error=on_error, on_done=on_done, first=first)


def take(
    app: "App",
    dragged: Dragged,
    target: Target | None,
    on_error: OnError,
    on_done: Callable[[int], None] | None = None,
) -> None:
    """What was dropped; what came with the drag is saved first, in a worker."""
    first = dragged.first
    if not dragged.contents:
        add(app, dragged.paths, target, on_error, on_done, first=first)
        return
    app.runner.run(
        lambda _: save_contents(dragged.contents, app.pasted),
        lambda saved: add(app, [*dragged.paths, *saved], target, on_error, on_done, first=first),
        on_error,
    )


def save_contents(contents: Sequence[Content], folder: Path) -> list[str]:
    """Write files into a new folder within ``folder``, by their names; returns their paths.

    Runs in a worker. Raises Permanent ``not_saved``.
    """
    own = folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}"
    saved: dict[str, str] = {}
    for each in contents:
        name, number = PurePath(each.name), 1
        while name.name.casefold() in saved:
            number += 1
            name = PurePath(each.name).with_stem(f"{PurePath(each.name).stem} ({number})")
        saved[name.name.casefold()] = _save(each.data, own / name.name)
    return list(saved.values())


def save_picture(image: QImage, folder: Path) -> str:
    """Write a PNG into ``folder`` and return its path; runs in a worker.

    Raises Permanent ``not_saved`` when the disk does not take it.
    """
    return _save(image, folder / f"pasted-{datetime.now():%Y%m%d-%H%M%S-%f}.png")


def _save(data: bytes | QImage, path: Path) -> str:
    if not data or (isinstance(data, QImage) and data.isNull()):
        raise Permanent(
            "nothing_came",
            f"The other program did not hand over “{path.name}”. Save it there first, then add it.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_saved(path.parent, error.strerror or "") from error
    # The file appears under its name only when all of it is there.
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly) or not _write(file, data):
        raise _not_saved(path.parent, file.errorString())
    return str(path)


def _write(file: QSaveFile, data: bytes | QImage) -> bool:
    if isinstance(data, QImage):
        return QImageWriter(file, QByteArray(b"png")).write(data) and file.commit()
    return file.write(data) == len(data) and file.commit()


def _not_saved(folder: Path, reason: str) -> Permanent:
    return Permanent(
        "not_saved",
        f"The picture could not be saved in {folder} ({reason}). Free some space there "
        "and add it again.",
    )
