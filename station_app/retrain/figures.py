"""Escapes and overkill of both models over the same parts, whole and by slices, with intervals. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from station_app.quality.gamma_interval import fay_feuer
from station_app.quality.intervals import Share, clopper_pearson
from station_app.retrain.judged import Flags, Judged, JudgedPart, candidate_flags, champion_flags, parts_of


def both_figures(parts: Sequence[JudgedPart]) -> dict[str, Any]:
    """Plain values: how many parts, and for champion and candidate escapes, overkill and escapes of each kind."""
    return {
        "good": sum(not part.is_defect for part in parts),
        "defective": sum(part.is_defect for part in parts),
        "groups": len({part.group for part in parts}),
        "champion": _figures(parts, champion_flags),
        "candidate": _figures(parts, candidate_flags),
    }


def weighted_figures(parts: Sequence[JudgedPart]) -> dict[str, Any]:
    """The same for parts drawn at random, each standing for 1 / probability of the line's: shares weighted so (Hajek),
    with the gamma interval of Fay and Feuer, which is wide for few parts of large weight."""
    good = [part for part in parts if not part.is_defect]
    defective = [part for part in parts if part.is_defect]
    table: dict[str, Any] = {"drawn": len(parts), "stand_for": round(sum(part.weight for part in parts), 1)}
    for name, flags in (("champion", champion_flags), ("candidate", candidate_flags)):
        table[name] = {
            "escapes": _weighted(defective, [part.weight for part in defective if not flags(part)]),
            "overkill": _weighted(good, [part.weight for part in good if flags(part)]),
        }
    return table


def slice_figures(judged: Iterable[Judged]) -> dict[str, Any]:
    """The figures of each station and camera, by "station/camera"; nothing where none is told."""
    slices: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.picture.station or one.picture.camera:
            slices[f"{one.picture.station}/{one.picture.camera}"].append(one)
    return {name: both_figures(parts_of(images)) for name, images in sorted(slices.items())}


def changed_parts(parts: Iterable[JudgedPart]) -> list[dict[str, Any]]:
    """The parts that the models answer differently: what changes when the candidate decides."""
    return [
        {"part": part.part, "group": part.group, "kinds": list(part.kinds), "change": _change(part)}
        for part in parts
        if part.champion_flags != part.candidate_flags
    ]


def _change(part: JudgedPart) -> str:
    if part.is_defect:
        return "caught now" if part.candidate_flags else "escapes now"
    return "rejected now" if part.candidate_flags else "passes now"


def _figures(parts: Sequence[JudgedPart], flags: Flags) -> dict[str, Any]:
    good = [part for part in parts if not part.is_defect]
    defective = [part for part in parts if part.is_defect]
    kinds = sorted({kind for part in defective for kind in part.kinds})
    return {
        "escapes": _missed(defective, flags),
        "overkill": _share_table(clopper_pearson(sum(map(flags, good)), len(good))),
        "escapes_of": {kind: _missed([part for part in defective if kind in part.kinds], flags) for kind in kinds},
    }


def _missed(parts: Sequence[JudgedPart], flags: Flags) -> dict[str, float | int]:
    return _share_table(clopper_pearson(sum(not flags(part) for part in parts), len(parts)))


def _weighted(parts: Sequence[JudgedPart], found: Sequence[float]) -> dict[str, float | int]:
    """`found` are the weights of the parts with the event."""
    if not parts:
        return {"count": 0, "total": 0, "share": 0.0, "low": 0.0, "high": 1.0}
    whole = sum(part.weight for part in parts)
    events = Counter(found)
    weights = sorted({part.weight for part in parts})
    low, high = fay_feuer([weight / whole for weight in weights], [events[weight] for weight in weights])
    share = sum(found) / whole
    return {
        "count": len(found),
        "total": len(parts),
        "share": share,
        "low": min(1.0, low),
        "high": min(1.0, high),
    }


def _share_table(share: Share) -> dict[str, float | int]:
    return {"count": share.count, "total": share.total, "share": share.value, "low": share.low, "high": share.high}
