"""Many groups at once, and the order of the rules."""

from PySide6.QtCore import Qt

from artitec_media_desktop.config.settings import Settings
from artitec_media_desktop.domain.changes import Stopped
from artitec_media_desktop.domain.duplicates import DEFAULT_RULES, Likeness, Rule
from artitec_media_desktop.ui.panels.duplicates.clean_up import CleanUp
from artitec_media_desktop.ui.panels.duplicates.model import GroupModel
from artitec_media_desktop.ui.panels.duplicates.rules import RulesDialog

from .conftest import MB, decided, front, group

K = Qt.Key


def test_all_exact_copies_are_counted_first_and_undone_as_one(started, app, duplicates, tmp_path):
    duplicates.groups[1] = group(20, 21, kind=Likeness.EXACT, bits=0)
    duplicates.groups[2] = group(30, 31, kind=Likeness.EXACT, bits=0)
    started.clean_up.compare()
    started.accept_exact()
    dialog = started.batch.dialog
    assert dialog.title.text() == "Accept 2 groups?"
    assert "2 files go to Trash · 52 MB freed" in dialog.text.text()
    assert decided(duplicates) == []
    dialog.accept()
    assert decided(duplicates) == [("accept_all", (1, 2))]
    assert started.groups.rowCount() == 1
    assert started.clean_up.freed == 52 * MB
    assert not started.sidebar.stale.isVisible()
    path = tmp_path / "report.csv"
    started.batch.save_to(dialog.report, str(path))
    assert "IMG_21.jpg,MED-21" in path.read_text("utf-8-sig")
    started.edits.undo()
    assert started.groups.rowCount() == 3
    assert started.clean_up.freed == 0


def test_z_takes_back_many_at_once_and_single_decisions_in_their_order(started, duplicates, press):
    duplicates.groups[1] = group(20, 21, kind=Likeness.EXACT, bits=0)
    duplicates.groups[2] = group(30, 31, kind=Likeness.EXACT, bits=0)
    started.clean_up.compare()
    started.accept_exact()
    started.batch.dialog.accept()
    press(K.Key_Return)
    assert (started.groups.rowCount(), started.clean_up.done) == (0, 3)
    press(K.Key_Z)
    assert front(started) == (10, 11, 1)
    press(K.Key_Z)
    assert (started.groups.rowCount(), started.clean_up.freed) == (3, 0)
    assert not started.view.decisions.undo.isEnabled()
    started.edits.redo()
    assert (started.groups.rowCount(), started.clean_up.freed) == (1, 52 * MB)
    assert started.view.decisions.undo.isEnabled()


def test_what_was_merged_before_it_was_stopped_counts_and_is_taken_back(started, duplicates, press):
    duplicates.groups[:] = [
        group(one, one + 1, kind=Likeness.EXACT, bits=0) for one in (10, 20, 30)
    ]
    started.clean_up.compare()
    accept_all = duplicates.accept_all

    def stopped(grouping, indexes, work=None, dry_run=False):
        if dry_run:
            return accept_all(grouping, indexes, work, dry_run)
        raise Stopped(accept_all(grouping, indexes[:2], work).change, len(indexes))

    duplicates.accept_all = stopped
    started.accept_exact()
    started.batch.dialog.accept()
    assert (started.clean_up.done, started.clean_up.freed) == (2, (11 + 21) * MB)
    press(K.Key_Z)
    assert (started.groups.rowCount(), started.clean_up.freed) == (3, 0)


def test_the_order_of_the_rules_is_kept(started, app, duplicates):
    dialog = RulesDialog(started.clean_up.rules, started)
    dialog.list.setCurrentRow(2)
    dialog.earlier.click()
    assert dialog.rules[:3] == (Rule.PRIMARY, Rule.PIXELS, Rule.APPROVED)
    started.clean_up.set_rules(dialog.rules)
    assert duplicates.calls[-1][2] == dialog.rules
    assert app.settings["duplicates/rules"][:2] == ["primary", "pixels"]
    dialog.reset.click()
    assert dialog.rules == DEFAULT_RULES


def test_the_order_of_the_rules_is_known_at_the_next_start(app, tmp_path):
    app.settings = Settings(tmp_path / "settings.json")
    order = (Rule.OLDER, *(each for each in DEFAULT_RULES if each is not Rule.OLDER))
    CleanUp(app, GroupModel()).set_rules(order)
    app.settings.save()
    app.settings = Settings(tmp_path / "settings.json")
    assert CleanUp(app, GroupModel()).rules == order
