from artitec_media_desktop.services.trial import Decoding


def test_what_is_decoded_is_on_disk_for_as_long(tmp_path):
    path = tmp_path / "uploads.decoding"
    mine, theirs = Decoding(path), Decoding(path)
    with mine.of(1):
        with mine.of(2), mine.of(1), theirs.of(7):
            assert Decoding(path).left() == {1, 2, 7}
            assert Decoding(path).left() == set(), "it is told once"
        with mine.of(3):
            assert mine.left() == set(), "what one does oneself is no suspect"
            assert theirs.left() == {1, 3}
    assert list(tmp_path.iterdir()) == []


def test_notes_that_can_not_be_read_or_written_hold_nothing_up(tmp_path):
    path = tmp_path / "uploads.decoding"
    (tmp_path / "uploads.decoding.aa").write_text("[1, 2")
    assert Decoding(path).left() == set()
    with Decoding(tmp_path / "none" / "uploads.decoding").of(1):
        pass
