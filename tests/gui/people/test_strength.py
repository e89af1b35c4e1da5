"""What a password is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.account_rules import PASSWORD_LETTERS
from station_app.gui.people.strength import Strength, strength


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("", Strength.NOTHING),
        ("Xk9#pQ", Strength.SHORT),
        ("aaaaaaaaaaaaaaaaaa", Strength.OF_FEW_LETTERS),
        ("1234567890", Strength.OF_FEW_LETTERS),
        ("zyxwvutsrq!", Strength.OF_FEW_LETTERS),
        ("vogel at the gate", Strength.OF_THE_NAME),
        ("PETRAs kitchen", Strength.OF_THE_NAME),
        ("lamp gravel", Strength.USABLE),
        ("lamp gravel onion", Strength.GOOD),
        ("灯泡碎石洋葱河流森林", Strength.USABLE),
    ],
)
def test_sentences(password: str, found: Strength) -> None:
    assert strength(password, ("petra", "Petra Vogel")) is found


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_has_a_strength_and_short_ones_are_never_good(password: str, names: list[str]) -> None:
    found = strength(password, tuple(names))
    if len(password) < PASSWORD_LETTERS[0]:
        assert found in (Strength.NOTHING, Strength.SHORT)
    else:
        assert found not in (Strength.NOTHING, Strength.SHORT)
