"""Which keys of the page a person may choose."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.ui.everywhere import Everywhere
from artitec_media_desktop.ui.panels.moderation import keys as k
from artitec_media_desktop.ui.panels.moderation.keys_dialog import KeysDialog


def test_what_works_on_every_page_is_no_key_of_this_one(panel):
    everywhere = {keys for _, row in Everywhere.keys(panel) for keys in row.split()}
    chosen = panel.key_map.all
    free = {keys for keys in everywhere if not k.refusal(chosen | {k.APPROVE: keys}, k.APPROVE)}
    assert "Ctrl+F" in everywhere
    assert not free


def test_a_complaint_about_a_key_cuts_nothing_off(panel):
    dialog = KeysDialog(panel.key_map, panel)
    dialog.open()
    room = dialog.layout().totalHeightForWidth(dialog.width())
    dialog.fields[k.APPROVE].setKeySequence(QKeySequence("Ctrl+F"))
    QApplication.processEvents()
    needed = dialog.layout().totalHeightForWidth(dialog.width())
    dialog.reject()
    assert dialog.trouble.text
    assert needed <= room
