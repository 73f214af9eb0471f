"""Proves an installation: the main job, for real, in a library that is thrown away."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from ..config.home import Home
from ..domain.duplicates import Scope
from ..domain.errors import MediaError, NotFound
from ..domain.keys import private_key
from ..domain.listing import MediaQuery
from ..domain.media import Media, ModerationStatus
from ..domain.moderation import REASONS, Ruling
from ..domain.uploads import OnDuplicate, UploadItem, UploadOptions, UploadState
from ..domain.work import Unwatched
from .check import CheckService
from .duplicates import DuplicateService
from .library import LibraryService
from .moderation import ModerationService
from .moderation.records import ReviewRecords
from .trash import TrashService
from .undoing import UndoService
from .uploads import UploadService


class Services(Protocol):
    """The services of one library."""

    library: LibraryService
    uploads: UploadService
    trash: TrashService
    moderation: ModerationService
    review_records: ReviewRecords
    undoing: UndoService
    duplicates: DuplicateService
    check: CheckService

    def open(self) -> None:
        """Make it ready."""

    def close(self) -> None:
        """Close its files."""


class _Run:
    def __init__(self, services: Services, folder: Path) -> None:
        self.services = services
        self.folder = folder
        self.media: Media | None = None

    def open_library(self) -> str:
        self.services.open()
        return f"{len(self.services.library.entities())} sample entities"

    def upload(self) -> str:
        item = self._put(self._draw("room.jpg"))
        if item.state is not UploadState.DONE or item.media_public_id is None:
            raise NotFound("self_test", f"the upload ended as {item.state}: {item.error}")
        self.media = self.services.library.media(item.media_public_id)
        return self.media.storage_path

    def list(self) -> str:
        entity = self.services.library.entity("community:CMY-456")
        page = self.services.library.page(MediaQuery(entity.ref, "gallery"))
        _expect(self._media().public_id in [each.public_id for each in page.items], "not listed")
        _expect(bool(self.services.library.picture(self._media(), 128)), "has no picture")
        return f"{page.total} listed"

    def moderate(self) -> str:
        services, before = self.services, self._media()
        rejection = Ruling(ModerationStatus.REJECTED, REASONS[0].code)
        services.moderation.decide([before.public_id], rejection)
        found = services.library.media(before.public_id)
        _expect(found.moderation_status is rejection.status, f"is {found.moderation_status}")
        _expect(found.storage_path == private_key(before.storage_path), "is there for everyone")
        _expect(bool(services.library.picture(found, 128)), "has no picture")
        said = [(each.public_id, each.reason) for each in services.review_records.records()]
        _expect(said == [(before.public_id, rejection.reason)], "is not on record")
        services.undoing.undo()
        found = services.library.media(before.public_id)
        _expect(found.storage_path == before.storage_path, "was not brought back")
        return "rejected, on record, undone"

    def find_duplicate(self) -> str:
        item = self._put(str(self.folder / "room.jpg"))
        _expect(item.state is UploadState.DUPLICATE, f"the copy ended as {item.state}")
        _expect(item.duplicate_of == self._media().public_id, "another was named")
        return str(item.duplicate_of)

    def merge_duplicate(self) -> str:
        keep = UploadOptions(on_duplicate=OnDuplicate.KEEP)
        copy = self._put(str(self.folder / "room.jpg"), keep).media_public_id
        duplicates = self.services.duplicates
        grouping = duplicates.compare(Scope()).grouped()
        _expect(grouping.count == 1, f"there are {grouping.count} groups")
        merge = duplicates.preview(grouping.group(0))
        _expect(merge.keeper.public_id == self._media().public_id, "another would be kept")
        duplicates.accept(merge)
        _expect(duplicates.compare(Scope()).grouped().count == 0, "it is still found")
        return f"{copy} merged"

    def delete(self) -> str:
        self.services.trash.delete([self._media().public_id])
        try:
            self.services.library.media(self._media().public_id)
        except NotFound:
            return "gone"
        raise NotFound("self_test", "it is still listed")

    def restore(self) -> str:
        self.services.trash.restore([self._media().public_id])
        return self.services.library.media(self._media().public_id).public_id

    def check(self) -> str:
        _expect(self.services.check.run().is_clean, "rows and objects do not agree")
        return "clean"

    def _media(self) -> Media:
        if self.media is None:
            raise NotFound("self_test", "nothing was uploaded")
        return self.media

    def _draw(self, name: str) -> str:
        from ..processing.drawing import draw_room

        path = self.folder / name
        path.write_bytes(draw_room(640, 480))
        return str(path)

    def _put(self, path: str, options: UploadOptions = UploadOptions()) -> UploadItem:  # noqa: B008
        target = self.services.library.target("community:CMY-456/photos")
        self.services.uploads.drop([path], target, options)
        item = self.services.uploads.claim()
        if item is None:
            raise NotFound("self_test", "the journal is empty")
        return self.services.uploads.work_on(item, Unwatched(), lambda _progress: None).item


def self_test(
    library: Callable[[Home], Services], more: Sequence[Callable[[], str]] = ()
) -> dict[str, Any]:
    """Run the steps until one fails, and ``more`` before the library is closed.

    Returns ``ok`` and ``steps`` (name, ok, detail, seconds).
    """
    folder = Path(tempfile.mkdtemp(prefix="artitec-media-self-test-"))
    run = _Run(library(Home(folder / "home")), folder)
    steps: list[dict[str, Any]] = []
    try:
        for step in (
            run.open_library,
            run.upload,
            run.list,
            run.moderate,
            run.find_duplicate,
            run.merge_duplicate,
            run.delete,
            run.restore,
            run.check,
            *more,
        ):
            began = perf_counter()
            try:
                detail, good = step(), True
            except MediaError as error:
                detail, good = error.message, False
            seconds = round(perf_counter() - began, 3)
            name = step.__name__
            steps.append({"name": name, "ok": good, "detail": detail, "seconds": seconds})
            if not good:
                break
    finally:
        run.services.close()
        shutil.rmtree(folder, ignore_errors=True)
    return {"ok": all(each["ok"] for each in steps), "steps": steps}


def _expect(true: bool, problem: str) -> None:
    if not true:
        raise NotFound("self_test", problem)
