"""What may be asked of the history: one filter, which all its screens share. Pure."""

from dataclasses import dataclass

from station_app.core.inspection import Disposition, NoResultReason, Override, VerdictKind


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Every part that fulfils all of it; an empty member asks nothing. Times are UTC, `until_ms` excluded.

    `label` is that of the part's highest finding; `disposition` and `operator` are of the decision that stands now;
    `model` begins the hash of one of its packages; `serial` begins a serial number.
    """

    from_ms: int | None = None
    until_ms: int | None = None
    recipe: str = ""
    verdict: VerdictKind | None = None
    disposition: Disposition | None = None
    label: str = ""
    serial: str = ""
    lot: str = ""
    model: str = ""
    operator: str = ""
    reason: NoResultReason | None = None


EVERYTHING = HistoryFilter()


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the history. `score` is the largest of the part's scores, None where there is none; `disposition` and
    `operator` are of the decision that stands, None and "" where none does; `model` holds the hashes of the part's
    packages, separated by spaces. A PASS that `is_withheld` came too late: the part left as one without result."""

    part_id: int
    inspected_at_ms: int
    recipe: str
    recipe_revision: int
    verdict: VerdictKind
    reason: NoResultReason | None
    serial: str
    lot: str
    label: str
    score: float | None
    model: str
    disposition: Disposition | None
    operator: str
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class HistoryChoices:
    """What the filter bar may offer: everything that occurs in the history; of the lots the newest."""

    recipes: tuple[str, ...]
    labels: tuple[str, ...]
    lots: tuple[str, ...]
    models: tuple[str, ...]
    operators: tuple[str, ...]
    reasons: tuple[NoResultReason, ...]


@dataclass(frozen=True, slots=True)
class RecordedOverride:
    """A decision with its number in the records, to which the `undoes` of another may point."""

    override_id: int
    override: Override
