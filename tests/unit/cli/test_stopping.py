"""Ctrl+C."""

from argparse import Namespace

from artitec_media_desktop.cli import commands


def test_what_is_stopped_says_so_in_a_sentence(monkeypatch, capsys):
    def stopped(_args):
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "fingerprint", stopped)
    assert commands.run(Namespace(command="fingerprint", json=False)) == commands.INTERRUPTED
    assert capsys.readouterr().err == "artitec-media: Stopped. What was done until then is kept.\n"
