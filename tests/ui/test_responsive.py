import gc
import sys

import pytest

from artitec_media_desktop.ui import responsive


@pytest.fixture
def _as_before():
    callbacks, seconds = list(gc.callbacks), sys.getswitchinterval()
    yield
    gc.callbacks[:] = callbacks
    sys.setswitchinterval(seconds)
    gc.unfreeze()


@pytest.mark.usefixtures("_as_before")
def test_what_survived_a_long_collection_is_left_out_of_the_next(monkeypatch):
    responsive.keep_responsive()
    assert sys.getswitchinterval() == pytest.approx(0.0002)
    gc.unfreeze()
    monkeypatch.setattr(responsive, "_LONG_SECONDS", 1e9)
    gc.collect()
    assert gc.get_freeze_count() == 0
    monkeypatch.setattr(responsive, "_LONG_SECONDS", -1.0)
    gc.collect(1)
    assert gc.get_freeze_count() == 0
    gc.collect()
    assert gc.get_freeze_count() > 0


@pytest.mark.usefixtures("_as_before")
def test_modules_that_were_loaded_are_never_looked_through(monkeypatch):
    responsive.keep_responsive()
    gc.unfreeze()
    monkeypatch.setattr(responsive, "_LONG_SECONDS", 1e9)
    monkeypatch.setattr(sys, "modules", sys.modules | {f"loaded{each}": sys for each in range(99)})
    gc.collect()
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    gc.collect()
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("_as_before")
def test_a_window_that_has_gone_is_collected_though_it_was_left_out():
    class Thing:
        gone = False

        def __del__(self):
            Thing.gone = True

    thing = Thing()
    thing.me = thing
    gc.freeze()
    del thing
    gc.collect()
    assert not Thing.gone
    responsive.collect_all()
    assert Thing.gone
