"""Brightness and contrast change what is seen, step by step, and nothing at all at zero."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from station_app.gui.tone import MOST, PLAIN, Tone, toned

RAMP = np.arange(256, dtype=np.uint8).reshape(16, 16)
steps = st.integers(-MOST, MOST)


@given(steps, steps)
def test_order_is_kept(brightness: int, contrast: int) -> None:
    seen = toned(RAMP, Tone(brightness, contrast)).ravel().astype(int)
    assert (np.diff(seen) >= 0).all() and seen.shape == (256,)


def test_plain_is_the_picture_itself() -> None:
    assert toned(RAMP, PLAIN) is RAMP


@given(steps)
def test_brighter_is_brighter_and_stronger_is_wider(step: int) -> None:
    tone = Tone(step, step)
    if step < MOST:
        assert toned(RAMP, tone.brighter(1)).mean() > toned(RAMP, tone).mean()
    wide = Tone(0, MOST)
    assert toned(RAMP, wide).std() > RAMP.std() > toned(RAMP, Tone(0, -MOST)).std()
    assert wide.stronger(1) == wide and Tone(-MOST).brighter(-1) == Tone(-MOST)
