import threading

from artitec_media_desktop.ui import decoding


def test_no_more_pictures_are_decoded_at_once_than_leave_a_core_to_the_window(monkeypatch):
    monkeypatch.setattr(decoding, "_turns", threading.BoundedSemaphore(1))
    second = threading.Event()

    def work():
        with decoding.in_turn():
            second.set()

    thread = threading.Thread(target=work)
    with decoding.in_turn():
        thread.start()
        assert not second.wait(0.05)
    thread.join(10)
    assert second.is_set()


def test_a_picture_that_can_not_be_decoded_gives_its_turn_back():
    for _ in range(decoding._AT_ONCE + 1):
        try:
            with decoding.in_turn():
                raise LookupError
        except LookupError:
            continue
