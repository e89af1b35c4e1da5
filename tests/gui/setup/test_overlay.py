"""A reference over a live picture."""

import numpy as np
import pytest

from station_app.core.inspection import Box, Pixels
from station_app.gui.overlay import Overlay, OverlayKind, laid_over
from station_app.gui.scaling import ScaleRequest, render
from station_app.gui.viewport import fit

SIZE = (80, 60)
ALL = Box(0, 0, *SIZE)


def _plain(level: int, channels: int = 1) -> Pixels:
    shape = (SIZE[1], SIZE[0]) if channels == 1 else (SIZE[1], SIZE[0], channels)
    return np.full(shape, level, np.uint8)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("of_reference", [1, 3])
def test_blending_is_the_weighted_mean(channels: int, of_reference: int) -> None:
    live, reference = _plain(200, channels), _plain(100, of_reference)
    mixed = laid_over(live, Overlay(reference, OverlayKind.BLEND, 0.25), ALL, SIZE)
    assert mixed.shape[:2] == live.shape[:2] and np.abs(mixed.astype(int) - 175).max() <= 1


def test_no_strength_and_no_kind_leave_the_live_picture() -> None:
    live, reference = np.random.default_rng(1).integers(0, 256, (60, 80), np.uint8), _plain(90)
    assert (laid_over(live, Overlay(reference, OverlayKind.NONE), ALL, SIZE) == live).all()
    for kind in (OverlayKind.BLEND, OverlayKind.DIFFERENCE):
        assert (laid_over(live, Overlay(reference, kind, 0.0), ALL, SIZE) == live).all()


def test_the_same_picture_has_no_difference_and_another_has() -> None:
    live = _plain(120)
    live[20:30, 30:40] = 140
    difference = laid_over(live, Overlay(_plain(120), OverlayKind.DIFFERENCE, 1.0), ALL, SIZE)
    assert difference[25, 35] == 80 and difference[5, 5] == 0


def test_edges_of_the_reference_are_drawn_where_they_are() -> None:
    reference = _plain(30)
    reference[:, 40:] = 220
    drawn = laid_over(_plain(128), Overlay(reference, OverlayKind.EDGES, 1.0), ALL, SIZE)
    coloured = (drawn != 128).any(axis=2)
    assert coloured[:, 36:45].any(axis=1).all() and not coloured[:, :30].any() and not coloured[:, 50:].any()


def test_a_reference_of_another_size_is_stretched_and_cut_like_the_live_picture() -> None:
    small = np.zeros((30, 40), np.uint8)
    small[:, 20:] = 200
    seen = Box(40, 0, 40, 60)
    live = np.zeros((60, 40), np.uint8)
    shown = laid_over(live, Overlay(small, OverlayKind.BLEND, 1.0), seen, SIZE)
    assert (shown[:, 2:] == 200).all()


def test_the_worker_lays_over_what_can_be_seen() -> None:
    view = fit(*SIZE, 160, 120)
    plain = render(ScaleRequest(1, _plain(100), (), view))
    request = ScaleRequest(1, _plain(100), (), view, overlay=Overlay(_plain(200), OverlayKind.BLEND, 0.5))
    assert plain.image.pixelColor(80, 60).lightness() == 100
    assert abs(render(request).image.pixelColor(80, 60).lightness() - 150) <= 1


def test_split_shows_each_on_its_own_side() -> None:
    live, reference = np.full((4, 10), 10, np.uint8), np.full((4, 10), 200, np.uint8)
    for share, cut in ((0.0, 10), (0.3, 7), (1.0, 0)):
        shown = laid_over(live, Overlay(reference, OverlayKind.SPLIT, share), Box(0, 0, 10, 4), (10, 4))
        assert (shown[:, :cut] == 10).all() and (shown[:, cut:] == 200).all()
