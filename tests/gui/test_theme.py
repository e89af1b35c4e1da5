"""The colours keep their contrast."""

import pytest

from station_app.core.inspection import VerdictKind
from station_app.gui.theme import DIM, LIGHT, Paint, Theme, ThemeName, contrast

READABLE = 4.5


@pytest.mark.parametrize("theme", [LIGHT, DIM], ids=["light", "dim"])
def test_what_is_written_can_be_read(theme: Theme) -> None:
    for kind in VerdictKind:
        paint = theme.verdict(kind)
        assert contrast(paint.fill, paint.ink) >= READABLE, kind
    for paint in (theme.action, Paint(theme.face, theme.ink, ""), Paint(theme.face_pressed, theme.ink, "")):
        assert contrast(paint.fill, paint.ink) >= READABLE
    for fill in (theme.background, theme.face, theme.canvas):
        assert contrast(fill, theme.ink) >= READABLE
        assert contrast(fill, theme.muted) >= READABLE or fill == theme.canvas


def test_the_tokens_that_were_checked_by_computation() -> None:
    assert (LIGHT.background, LIGHT.ink) == ("#D4D4D2", "#1E1E1E")
    assert (LIGHT.ok.fill, LIGHT.ok.ink) == ("#F4F4F2", "#007A5A")
    assert (LIGHT.ng.fill, LIGHT.no_result.fill, LIGHT.action.fill) == ("#B00020", "#E0A800", "#0B5FA5")
    assert round(contrast(LIGHT.background, LIGHT.ink), 1) == 11.2


def test_every_verdict_has_a_paint_of_its_own() -> None:
    for theme in (LIGHT, DIM):
        assert len({(theme.verdict(kind).fill, theme.verdict(kind).ink) for kind in VerdictKind}) == len(VerdictKind)


def test_the_switch_leads_back() -> None:
    assert ThemeName.LIGHT.other.other is ThemeName.LIGHT
    assert ThemeName.DIM.theme is DIM
