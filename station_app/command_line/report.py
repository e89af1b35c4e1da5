"""What a run came to, for a person at a terminal: tally, comparison with the truth, times. Pure; made from records."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from station_app.command_line.truth import Truth
from station_app.core.inspection import Inspection, VerdictKind
from station_app.core.serial import SERIAL_FAULTS
from station_app.quality.intervals import clopper_pearson

_ORDER = tuple(VerdictKind)
_HEAD = ("OK", "NG", "review", "no result")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One recorded part and, where it is known, what it really was."""

    inspection: Inspection
    truth: Truth | None = None


def part_line(outcome: Outcome) -> str:
    """One part: id, source, serial number, lot, verdict and why, truth."""
    inspection = outcome.inspection
    source = next((camera.source for camera in inspection.cameras if camera.source), "")
    words = [f"{inspection.part_id:6d}", source or "-", inspection.serial, _lot(inspection)]
    words += [inspection.verdict.value, _why(inspection)]
    if outcome.truth is not None:
        words.append(f"truth {outcome.truth.kind}")
    return "  ".join(word for word in words if word)


def _lot(inspection: Inspection) -> str:
    return f"lot {inspection.lot}" if inspection.lot else ""


def _why(inspection: Inspection) -> str:
    if inspection.reason is not None:
        detail = f" ({inspection.detail})" if inspection.detail else ""
        return f"{inspection.reason}{detail}"
    best = max(inspection.scores, key=_score, default=None)
    return f"{best[0]} {best[1]:.3f}" if best else ""


def _score(entry: tuple[str, float]) -> float:
    return entry[1]


def summary(outcomes: Sequence[Outcome], seconds: float, model: str) -> Iterator[str]:
    """The lines of the report. `seconds` is the run's wall time."""
    counts = Counter(outcome.inspection.verdict for outcome in outcomes)
    parts = " + ".join(f"{counts[kind]} {name}" for kind, name in zip(_ORDER, _HEAD, strict=True))
    yield f"{len(outcomes)} parts = {parts}"
    yield from _reasons(outcomes)
    yield from _against_truth(outcomes)
    yield from _times(outcomes, seconds)
    yield f"model: {model}"


def _reasons(outcomes: Iterable[Outcome]) -> Iterator[str]:
    reasons = Counter(o.inspection.reason for o in outcomes if o.inspection.reason is not None)
    for reason, count in reasons.most_common():
        yield f"  no result because of {reason}: {count}"


def _against_truth(outcomes: Iterable[Outcome]) -> Iterator[str]:
    known = [(outcome.truth, outcome.inspection.verdict) for outcome in outcomes if outcome.truth is not None]
    if not known:
        return
    splits = sorted({truth.split for truth, _ in known})
    for split in splits:
        named = f" of the split {split}" if split else ""
        yield ""
        yield from _confusion([entry for entry in known if entry[0].split == split], named)


def _confusion(known: list[tuple[Truth, VerdictKind]], named: str) -> Iterator[str]:
    kinds = sorted({truth.kind for truth, _ in known}, key=_good_first)
    width = max(12, *(len(kind) for kind in kinds))
    yield f"{'truth':{width}}" + "".join(f"{name:>11}" for name in _HEAD)
    for kind in kinds:
        row = Counter(verdict for truth, verdict in known if truth.kind == kind)
        yield f"{kind:{width}}" + "".join(f"{row[verdict]:11d}" for verdict in _ORDER)
    bad = [verdict for truth, verdict in known if truth.is_defect]
    good = [verdict for truth, verdict in known if not truth.is_defect]
    yield f"escapes{named}: {_share(bad.count(VerdictKind.PASS), len(bad))} of the defective parts were told OK"
    yield f"overkill{named}: {_share(len(good) - good.count(VerdictKind.PASS), len(good))} of the good parts were not"


def _good_first(kind: str) -> tuple[bool, str]:
    return kind != "good", kind


def _share(count: int, total: int) -> str:
    if not total:
        return "0 of 0"
    share = clopper_pearson(count, total)
    return f"{count} of {total} = {share.value:.1%} (95 % interval {share.low:.1%} to {share.high:.1%})"


def _times(outcomes: Sequence[Outcome], seconds: float) -> Iterator[str]:
    yield ""
    total = sorted(o.inspection.times.total_ms for o in outcomes)
    inspect = sorted(o.inspection.times.inspect_ms for o in outcomes)
    yield f"trigger to verdict: {_quantiles(total)}"
    yield f"of it inspection:   {_quantiles(inspect)}"
    yield from _code_times(outcomes)
    yield f"{len(outcomes)} parts in {seconds:.1f} s = {len(outcomes) / max(seconds, 1e-9):.1f} parts/s"


def _code_times(outcomes: Sequence[Outcome]) -> Iterator[str]:
    took = sorted(o.inspection.times.code_ms for o in outcomes if o.inspection.times.code_ms)
    if took:
        named = sum(bool(o.inspection.serial) and o.inspection.reason not in SERIAL_FAULTS for o in outcomes)
        yield f"reading a code:     {_quantiles(took)}"
        yield f"serial numbers: {named} of {len(outcomes)} parts"


def _quantiles(ordered: Sequence[float]) -> str:
    if not ordered:
        return "none"
    at = {share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99)}
    return f"median {at[0.5]:.1f} ms, 95 % {at[0.95]:.1f} ms, 99 % {at[0.99]:.1f} ms, longest {ordered[-1]:.1f} ms"
