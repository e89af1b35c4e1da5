"""Which split a group belongs to: by its own name alone, so that it stays there in every later version. Pure."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from station_app.dataset.options import Profile

_OF_100 = 100
_TRAIN, _VALIDATION = 70, 85


class Split(StrEnum):
    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


def split_of(group: str) -> Split:
    """70 of 100 groups train, 15 validate, 15 test."""
    drawn = int.from_bytes(hashlib.sha256(f"split-v1:{group}".encode()).digest(), "big") % _OF_100
    return Split.TRAIN if drawn < _TRAIN else Split.VALIDATION if drawn < _VALIDATION else Split.TEST


def split_groups(labelled: Iterable[tuple[str, str]], profile: Profile) -> dict[str, Split]:
    """The split of each group, by group and label ("" is good) of every image. In the anomaly profile a group with a
    defect is for the test as a whole: its good images as well, since no group stands in two splits."""
    with_defect: dict[str, bool] = {}
    for group, label in labelled:
        with_defect[group] = with_defect.get(group, False) or bool(label)
    if profile is Profile.SUPERVISED:
        return {group: split_of(group) for group in with_defect}
    return {group: Split.TEST if is_bad else split_of(group) for group, is_bad in with_defect.items()}
