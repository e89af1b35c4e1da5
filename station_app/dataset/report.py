"""report.json: what was read, what became of it, and how far the labels can be trusted. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from station_app.core.outgoing import SeriesName
from station_app.dataset.choosing import Choice, Dropped
from station_app.dataset.gathered import Chain
from station_app.dataset.noise import noise_report
from station_app.dataset.sample import Sample


def report(
    chains: Mapping[SeriesName, Chain], choice: Choice, dropped: Sequence[Dropped], samples: Sequence[Sample]
) -> dict[str, Any]:
    """Counts of everything that was read; each part or image is either a sample or in dropped.csv."""
    return {
        "series": {str(series): chain_facts(chain) for series, chain in chains.items()},
        "parts": len(choice.standings),
        "consensus": _counted(standing.consensus.value for standing in choice.standings.values()),
        "samples": len(samples),
        "splits": _counted(sample.split.value for sample in samples),
        "labels": _counted(sample.candidate.label or "good" for sample in samples),
        "dropped": _counted(each.why.value for each in dropped),
        "same_image_in_two_groups": _across_groups(dropped, samples),
        "noise": noise_report(choice.standings, [sample.candidate for sample in samples]),
    }


def chain_facts(chain: Chain) -> dict[str, Any]:
    return {
        "records": chain.records,
        "last": chain.last,
        "head": chain.head,
        "gaps": [list(gap) for gap in chain.gaps],
    }


def _counted(values: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {value: counts[value] for value in sorted(counts)}


def _across_groups(dropped: Sequence[Dropped], samples: Sequence[Sample]) -> list[dict[str, str]]:
    """A picture that came under another group's name as well: it stays in one, so that it stands in one split."""
    groups = {sample.candidate.image.sha256: sample.candidate.part.group for sample in samples}
    return [
        {"image_sha256": each.image, "group": each.group, "kept_in": groups[each.image]}
        for each in dropped
        if each.kept and each.image in groups and groups[each.image] != each.group
    ]
