"""Rows as nobody should write them, and a visit to every page that shows media."""

from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.ui.panels.library.grid.model import State
from artitec_media_desktop.ui.panels.library.viewing import open_viewer
from tests.searches import CASES

WILLOW = EntityRef(EntityType.COMMUNITY, 1)
PLAIN = {
    "filename": "f.jpg", "original_filename": "f.jpg", "media_type": "IMAGE",
    "content_type": "image/jpeg", "file_size": 1000, "width": 640, "height": 480,
    "storage_type": "local", "storage_path": "communities/photos/gone.jpg",
    "original_url": "communities/photos/gone.jpg", "entity_type": "community", "entity_id": 1,
    "entity_field": "gallery", "alt_text": "Plain", "sort_order": 0, "is_primary": 0,
    "tags": "[]", "metadata": "{}", "uploaded_by": "USR-100", "is_public": 1, "is_approved": 1,
    "moderation_status": "approved", "created_at": "2025-01-02 03:04:05",
    "updated_at": "2025-01-02 03:04:05",
}  # fmt: skip
#: What is wrong with each, by the columns that it concerns.
ROWS = {
    "nothing is known": dict.fromkeys(
        ("width", "height", "entity_field", "alt_text", "tags", "metadata")
    ),
    "unknown words": {"media_type": "AUDIO", "moderation_status": "spam", "storage_type": "gcs"},
    "words in capitals": {"moderation_status": "PENDING", "storage_type": "LOCAL"},
    "broken json": {"tags": '["a", ', "metadata": "{broken"},
    "another json": {"tags": '{"a": "pool"}', "metadata": "[1, 2]"},
    "json of anything": {
        "tags": '[1, null, [2], {"a": 3}, true, 1e999, ""]',
        "metadata": '{"exif": "none", "small_url": 5, "variants": [1], "gps": {"a": [null]}}',
    },
    "exif of anything": {
        "metadata": '{"exif": {"make": {"a": 1}, "f_number": "x", "iso": [], "datetime_original": '
        '"0000:00:00", "exposure_time": "1/0", "focal_length": null}}'
    },
    "the object is gone": {},
    "addresses of nowhere": {
        "storage_path": "../../etc/passwd", "original_url": "http://[broken", "medium_url": "\\\\x"
    },
    "a link": {
        "content_type": "video/embed", "media_type": "VIDEO", "storage_path": "",
        "original_url": "https://video.example/tour", "width": None, "height": None,
    },
    "a video without anything": {
        "content_type": "video/mp4", "media_type": "VIDEO", "storage_path": "", "original_url": "",
    },
    "a long caption": {"caption": "kitchen " * 12_500},
    "many tags": {"tags": str([f"t{number}" for number in range(4000)]).replace("'", '"')},
    "a long tag": {"tags": '["' + "x" * 10_000 + '"]'},
    "negative": {
        "file_size": -1, "sort_order": -(2**31), "duration": -5, "width": -640, "height": 0
    },
    "huge": {"file_size": 2**62, "sort_order": 2**31 - 1, "duration": 2**31 - 1, "width": 10**9},
    "letters": {"alt_text": "a\nb\u202e\u0000c\U0001f373",
                "original_filename": "\u202egpj.exe", "uploaded_by": "nobody \u2028"},
    "empty": dict.fromkeys(
        ("filename", "original_filename", "content_type", "uploaded_by", "alt_text", "tags",
         "metadata", "moderation_status", "media_type", "storage_type"), ""
    ),
    "zero dates": {"created_at": "0000-00-00 00:00:00", "updated_at": "0000-00-00 00:00:00"},
    "two primary ones": {"is_primary": 1},
    "three of them": {"is_primary": 7},
    "another slot": {"entity_field": "panorama"},
}  # fmt: skip


def write(execute, mark, extra=None):
    """Write them by ``execute(sql, values)``, as the platform's own clients could."""
    for number, odd in enumerate([*ROWS.values(), *(extra or [])], 1):
        values = PLAIN | {"public_id": f"MED-1800000000-B{number:05}"} | odd
        marks = ", ".join([mark] * len(values))
        execute(f"INSERT INTO media ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    return number


class Visit:
    """Looks at the media of one entity wherever they are shown, in the program's own window."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot = window, qtbot
        self.app = window._app
        window.show()
        window.open()
        qtbot.waitUntil(lambda: window.is_open, timeout=20_000)
        window.show_page("library")
        self.panel = window.current_panel
        self.page, self.grid = self.panel.page, self.panel.page.grid
        self.rest()

    def rest(self):
        self.qtbot.waitUntil(lambda: not self.app.runner.is_busy, timeout=20_000)
        self.window.grab()

    def show(self, query):
        """Show what a query finds; returns how many there are."""
        self.panel.reveal(query)
        model = self.page.model
        self.qtbot.waitUntil(lambda: model.query is not None and model.is_complete, timeout=20_000)
        self.rest()
        assert model.state is State.READY, model.error
        return model.rowCount()

    def keys(self):
        return list(self.page.model.keys_of([(0, self.page.model.rowCount() - 1)]))

    def inspect_each(self):
        for row in range(self.page.model.rowCount()):
            self.grid.setCurrentIndex(self.page.model.index(row))
            self.rest()
        self.grid.selectAll()
        self.rest()

    def view_each(self):
        for key in self.keys():
            open_viewer(self.app, self.page, key)
            viewer = self.window.findChildren(_viewer())[-1]
            self.rest()
            viewer.dismiss()
        self.rest()

    def search(self):
        """Each search by itself, which must not fail whatever it finds."""
        for text, _ in CASES[::6]:
            self.show(MediaQuery(WILLOW, search=parse(f"{text} sort:taken")))
        return self.show(MediaQuery(WILLOW))

    def edit_and_delete(self):
        """All of them, by the services: what fails is named with a sentence, and nothing else."""
        ids = [self.page.model.media(key).public_id for key in self.keys()]
        edited = self.app.editing.edit(ids, MediaEdit(caption="Seen"), partly=True)
        deleted = self.app.trash.delete(ids, partly=True)
        assert self.app.trash_listing.page(limit=100).items
        restored = self.app.trash.restore(ids, partly=True)
        every = (edited, deleted, restored)
        return [{each.public_id: each.error for each in one.failed} for one in every]


def _viewer():
    from artitec_media_desktop.ui.viewer import Viewer

    return Viewer
