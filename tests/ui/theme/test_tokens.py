import pytest

from artitec_media_desktop.ui.theme.tokens import DARK, LIGHT, blend, contrast

GROUNDS = ("surface", "raised", "sunken", "hover", "button", "field", "selection")
TEXT_PAIRS = [
    *[("text", ground) for ground in GROUNDS],
    *[("muted", ground) for ground in ("surface", "raised", "sunken", "button", "field")],
    *[(ink, "selection") for ink in ("muted", "danger", "warning")],
    *[(ink, "hover") for ink in ("muted", "danger", "warning")],
    *[("accent", ground) for ground in ("surface", "raised")],
    *[("accent_text", ground) for ground in ("accent", "accent_hover", "accent_pressed")],
    *[(tone, f"{tone}_bg") for tone in ("success", "warning", "danger", "info")],
    *[(tone, "raised") for tone in ("success", "warning", "danger", "info")],
]
SHAPE_PAIRS = [
    *[(edge, "field") for edge in ("border_strong", "focus", "danger")],
    *[("focus", ground) for ground in ("surface", "raised", "sunken")],
    *[(f"chart{number}", "raised") for number in (1, 2, 3, 4)],
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(tokens, ink, ground):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_focus_and_charts_can_be_seen(tokens, shape, ground):
    assert contrast(getattr(tokens, shape), getattr(tokens, ground)) >= 3


def test_contrast_of_the_extremes():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#123456", "#123456") == 1


def test_blend():
    assert blend("#000000", "#FFFFFF", 0.5) == "#808080"
    assert blend("#2757C8", "#FFFFFF", 1) == "#2757C8"


@pytest.mark.parametrize(
    ("ink", "least"), [("overlay_text", 4.5), ("overlay_pending", 3), ("overlay_flagged", 3)]
)
def test_badges_can_be_read_over_white_and_black_pictures(ink, least):
    # The overlay is translucent: 76 % of it over the brightest and the darkest picture.
    for picture in ("#FFFFFF", "#000000"):
        ground = blend("#" + LIGHT.overlay[3:], picture, int(LIGHT.overlay[1:3], 16) / 255)
        assert contrast(getattr(LIGHT, ink), ground) >= least
