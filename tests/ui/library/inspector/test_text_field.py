"""The field of a text in the inspector."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.domain.selection import Values
from artitec_media_desktop.ui.panels.library.inspector.text_field import TextField
from artitec_media_desktop.ui.panels.library.inspector.words import mixed


class Painted(QObject):
    """Counts how often all of a widget is painted; a blinking cursor is not all of it."""

    count = 0

    def eventFilter(self, watched, event):
        whole = event.type() is QEvent.Type.Paint and event.rect() == watched.rect()
        self.count += whole
        return False


def test_another_hint_is_painted(qtbot):
    field = TextField("Caption")
    qtbot.addWidget(field)
    field.show_text("", "Shown under the photo")
    field.resize(400, 80)
    field.show()
    seen = Painted()
    field.field.viewport().installEventFilter(seen)
    qtbot.waitUntil(lambda: seen.count > 0)
    QApplication.processEvents()
    before = seen.count
    field.show_text("", "1 filled, 3 empty")
    QApplication.processEvents()
    assert seen.count == before + 1


def test_no_line_is_cut(qtbot):
    field = TextField("Alt text", 500)
    qtbot.addWidget(field)
    field.resize(280, 300)
    field.show()
    editor = field.field
    block = editor.document().firstBlock()
    text = ""
    while block.layout().lineCount() < 6:
        text += "pool "
        field.show_text(text)
    assert editor.viewport().height() >= editor.blockBoundingRect(block).height()


def test_one_text_among_empty_ones():
    values = Values()
    for each in ("By others", "", ""):
        values.add(each)
    assert mixed(values) == "1 filled, 2 empty"


def test_what_was_written_is_undone_by_the_window_and_not_by_the_field(qtbot):
    made = TextField("Alt text", 500)
    qtbot.addWidget(made)

    def takes_undo():
        event = QKeyEvent(
            QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
        )
        event.ignore()
        QApplication.sendEvent(made.field, event)
        return event.isAccepted()

    QTest.keyClicks(made.field, "Pool")
    assert takes_undo()
    made.forget_typing()
    assert not takes_undo()


def test_what_empties_a_field_is_no_higher_than_its_line(qtbot):
    field = TextField("Caption")
    qtbot.addWidget(field)
    field.show_text("", "The same on 2, 1 empty", may_empty=True)
    field.resize(280, 80)
    field.show()
    assert field.empty.isVisible()
    assert field.empty.parentWidget().rect().contains(field.empty.geometry())
