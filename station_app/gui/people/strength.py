"""What a password is worth, in one sentence beside its field. Pure; advice: the engine's rule is its length alone.

Length before kinds of letters, as NIST SP 800-63B has it: rules about digits and signs make passwords that people write
down, not better ones.
"""

import itertools
from enum import StrEnum

from station_app.core.account_rules import PASSWORD_LETTERS

_GOOD_LENGTH = 14
_FEW_LETTERS = 5
_RUN = 4


class Strength(StrEnum):
    """From what cannot be one to what is good."""

    NOTHING = "nothing"
    SHORT = "short"
    OF_THE_NAME = "of_the_name"
    OF_FEW_LETTERS = "of_few_letters"
    USABLE = "usable"
    GOOD = "good"


def strength(password: str, names: tuple[str, ...] = ()) -> Strength:
    """`names` are the account's name and the words of the full name; those of three letters and more are looked for."""
    if not password:
        return Strength.NOTHING
    if len(password) < PASSWORD_LETTERS[0]:
        return Strength.SHORT
    small = password.casefold()
    if any(len(word) > 2 and word.casefold() in small for name in names for word in name.split()):
        return Strength.OF_THE_NAME
    if len(set(small)) < _FEW_LETTERS or _longest_run(small) * 2 > len(small):
        return Strength.OF_FEW_LETTERS
    return Strength.GOOD if len(password) >= _GOOD_LENGTH else Strength.USABLE


def _longest_run(text: str) -> int:
    """Letters in a row that each follow the one before: "abcdef", "987654"; shorter ones are chance and count 0."""
    longest, length, step = 1, 1, 0
    for before, after in itertools.pairwise(text):
        moved = ord(after) - ord(before)
        length = length + 1 if abs(moved) == 1 and moved == step else (2 if abs(moved) == 1 else 1)
        step = moved
        longest = max(longest, length)
    return longest if longest >= _RUN else 0
