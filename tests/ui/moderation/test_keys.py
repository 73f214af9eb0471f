"""Which keys of the page a person may choose."""

from artitec_media_desktop.ui.everywhere import Everywhere
from artitec_media_desktop.ui.panels.moderation import keys as k


def test_what_works_on_every_page_is_no_key_of_this_one(panel):
    everywhere = {keys for _, row in Everywhere.keys(panel) for keys in row.split()}
    chosen = panel.key_map.all
    free = {keys for keys in everywhere if not k.refusal(chosen | {k.APPROVE: keys}, k.APPROVE)}
    assert "Ctrl+F" in everywhere
    assert not free
