"""How much of a kind of label may rest on one person: a careless one, or one with a purpose, must not steer a model.
Pure."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable

from station_app.dataset.part_name import PartName

ALWAYS_ALLOWED = 10
"""Labels of a kind that anybody may give: a rare kind would otherwise be lost wherever one person finds it."""


def over_cap(labels: Iterable[tuple[PartName, str, str | None]], share: float) -> frozenset[PartName]:
    """The parts to leave out. `labels` are a part, its label, and who gave it alone (None where several people stand by
    it). Of each label nobody alone gives more than `share` of all parts with that label, or `ALWAYS_ALLOWED`; which of
    theirs stay is drawn by a hash, so that it is the same everywhere and nobody can aim at it."""
    of_label: dict[str, dict[str | None, set[PartName]]] = defaultdict(lambda: defaultdict(set))
    for name, label, person in labels:
        of_label[label.casefold()][person].add(name)
    over: set[PartName] = set()
    for people in of_label.values():
        total = len(set().union(*people.values()))
        allowed = max(ALWAYS_ALLOWED, math.floor(total * share))
        for person, names in people.items():
            if person is not None:
                over.update(sorted(names, key=_drawn)[allowed:])
    return frozenset(over)


def _drawn(name: PartName) -> tuple[str, PartName]:
    return hashlib.sha256(f"cap-v1:{name}".encode()).hexdigest(), name
