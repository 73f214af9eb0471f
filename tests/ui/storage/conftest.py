"""A library summed up in memory."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.permissions import ALLOWED
from artitec_media_desktop.domain.trash import TrashPage
from artitec_media_desktop.services.analytics import Analytics, Group
from artitec_media_desktop.services.check import Findings
from artitec_media_desktop.services.counting import Counted
from artitec_media_desktop.ui.panels.storage import StoragePanel

GB = 1 << 30
MONTH = f"{datetime.now(UTC):%Y-%m}"
WILLOW = Entity(EntityRef(EntityType.COMMUNITY, 1), "CMY-456", "Willow Creek")


class Sums:
    """Analytics, trash, store and check in one."""

    def __init__(self):
        self.error = None
        self.asked = []
        self.counted = None
        self.findings = Findings()
        self.sums = Analytics(
            30,
            9 * GB,
            (
                Group(("property", "IMAGE"), 20, 6 * GB),
                Group(("property", "VIDEO"), 1, GB),
                Group(("community", "IMAGE"), 9, 2 * GB),
            ),
            (Group((MONTH,), 3, GB),),
            (Group((MONTH, "IMAGE"), 3, GB),),
            (Group(("approved",), 29, 8 * GB), Group(("pending",), 1, GB)),
        )

    def run(self, what=None):
        if self.error is not None:
            raise self.error
        self.asked.append(what)
        return self.sums

    def places(self, limit, entity_type=None):
        return [(WILLOW, Group(("community",), 9, 2 * GB))]

    def larger_than(self, size, entity_type=None):
        return 4, GB

    def page(self, search, limit):
        return TrashPage((), 2, 3 * GB, None, ALLOWED)

    def last(self):
        return self.counted

    def count(self, work=None):
        self.counted = Counted(datetime.now(UTC), 150, 11 * GB, {"property": 2 * GB})
        return self.counted


@pytest.fixture
def sums(app):
    made = Sums()
    app.analytics = app.trash_listing = app.counting = made
    app.check = SimpleNamespace(run=lambda work=None: made.findings)
    return made


@pytest.fixture
def panel(app, sums, light, qtbot):
    made = StoragePanel(app)
    made.went, made.notices = [], []
    made.page_requested.connect(lambda *where: made.went.append(where))
    made.noticed.connect(made.notices.append)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate()
    return made
