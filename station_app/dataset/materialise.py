"""From a store with the records of stations to a frozen dataset: read, choose, split, write, rename."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station_app.core.errors import DatasetError
from station_app.core.outgoing import SeriesName
from station_app.dataset.choosing import Candidate, Choice, Dropped, Why, choose
from station_app.dataset.gathered import Chain
from station_app.dataset.gathering import gather
from station_app.dataset.golden import Golden, read_golden
from station_app.dataset.images import ImageCache, MadeImage, key_of
from station_app.dataset.options import DatasetOptions
from station_app.dataset.registry import keep_registry, read_registry
from station_app.dataset.report import chain_facts, report
from station_app.dataset.sample import Sample
from station_app.dataset.shapes import shapes_of
from station_app.dataset.split import Split, split_groups
from station_app.dataset.tables import need_duckdb
from station_app.dataset.tree import Tree
from station_app.dataset.writing import write_dataset
from station_app.sync.remote import Remote

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Materialised:
    """`version` is the manifest's SHA-256. `is_new` is False where the same version lay there already."""

    folder: Path
    version: str
    samples: int
    report: dict[str, Any]
    is_new: bool


def materialise(remote: Remote, options: DatasetOptions, progress: Progress) -> Materialised:
    """Write the dataset. `progress` hears a stage, how much is done, and of how much. The same records, options and
    labels' registry give the same bytes. StationError where records cannot be trusted or the disk does not take it."""
    need_duckdb()
    golden, registry = read_golden(options.golden), read_registry(options.registry_file)
    with Tree(options.out, options.threads) as tree:
        gathered, chains = gather(remote, options, lambda done, total: progress("records", done, total))
        choice = choose(gathered.parts, options, golden)
        samples, missing = _samples(remote, choice, options, progress)
        dropped = (*choice.dropped, *missing)
        registry = registry.with_names(_names(samples))
        told = report(chains, choice, dropped, samples)
        about = _about(options, golden, chains)
        version = write_dataset(tree, samples, registry, options.profile, (about, told, dropped))
        keep_registry(options.registry_file, registry)
        is_new = tree.keep()
    return Materialised(options.out, version, len(samples), told, is_new)


def _samples(
    remote: Remote, choice: Choice, options: DatasetOptions, progress: Progress
) -> tuple[list[Sample], list[Dropped]]:
    splits = split_groups(((each.part.group, each.label) for each in choice.candidates), options.profile)
    cache = ImageCache(remote, options.cache_folder, options.threads)
    made = cache.make(choice.candidates, lambda done, total: progress("images", done, total))
    samples: list[Sample] = []
    missing: list[Dropped] = []
    for candidate, image in made:
        if image is not None:
            samples.append(_sample(candidate, image, splits))
            continue
        if not options.allow_gaps:
            remedy = "wait until the station has sent it; --allow-gaps goes on without"
            raise DatasetError("an image is missing", where=key_of(candidate), remedy=remedy)
        consensus, sha256 = candidate.standing.consensus, candidate.image.sha256
        missing.append(Dropped(candidate.name, candidate.part.group, consensus, Why.BLOB_MISSING, sha256))
    if not samples:
        remedy = "look at what the records say: people must have answered, and images must have been sent"
        raise DatasetError("no image is left to learn from", where=remote.where, remedy=remedy)
    _check_names(samples)
    return samples, missing


def _sample(candidate: Candidate, made: MadeImage, splits: dict[str, Split]) -> Sample:
    shapes = shapes_of(candidate, made.width, made.height)
    return Sample(candidate, made, splits[candidate.part.group], shapes)


def _check_names(samples: list[Sample]) -> None:
    """Sixteen digits of a hash are enough by chance, and not against somebody who looks for two that agree."""
    seen: dict[str, str] = {}
    for sample in samples:
        sha256 = sample.candidate.image.sha256
        for name in (sample.file_name, str(sample.image_id)):
            if seen.setdefault(name, sha256) != sha256:
                remedy = "ask who made these images: that does not happen by chance"
                raise DatasetError("two images have nearly the same hash", where=f"{sha256}, {name}", remedy=remedy)


def _names(samples: list[Sample]) -> Iterable[str]:
    """Every label in the order of its first appearance: people's, then the model's."""
    for sample in sorted(samples, key=lambda sample: (sample.candidate.part.inspected_at, sample.candidate.name)):
        if sample.candidate.label:
            yield sample.candidate.label
        yield from (shape.label for shape in sample.shapes)
        yield from (finding.label for finding in sample.candidate.part.prediction.findings if finding.label)


def _about(options: DatasetOptions, golden: Golden, chains: dict[SeriesName, Chain]) -> dict[str, Any]:
    """What the dataset was made of, for its manifest; nothing about the computer it was made on."""
    return {
        "profile": options.profile.value,
        "options": {
            "recipe": options.recipe,
            "camera": options.camera,
            "cap_share": options.cap_share,
            "trust_operators": options.trust_operators,
            "allow_gaps": options.allow_gaps,
            "without": sorted(options.without),
            "golden_sha256": golden.sha256,
        },
        "series": {str(series): chain_facts(chain) for series, chain in chains.items()},
    }
