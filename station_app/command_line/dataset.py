"""`station-app dataset`: what stations have sent becomes a frozen dataset; or one is checked."""

import sys
from argparse import Namespace

from station_app.command_line.store_arguments import remote_of
from station_app.dataset.manifest import check_dataset
from station_app.dataset.materialise import Materialised, materialise
from station_app.dataset.options import DatasetOptions, Profile
from station_app.sync.remote import Remote

_FOLDER = "folder:"


def run_dataset(arguments: Namespace) -> int:
    """Print where the dataset lies, its version and what it holds; StationError where it cannot be made."""
    if arguments.act == "verify":
        sys.stdout.write(f"{check_dataset(arguments.folder)}\n")
        return 0
    made = materialise(_source(arguments), _options(arguments), _tell)
    sys.stdout.writelines(f"{line}\n" for line in _told(made))
    return 0


def _source(arguments: Namespace) -> Remote:
    """A plain path is a folder."""
    named = arguments.source
    arguments.store = named if "://" in named or named.startswith(_FOLDER) else f"{_FOLDER}{named}"
    return remote_of(arguments)


def _options(arguments: Namespace) -> DatasetOptions:
    return DatasetOptions(
        out=arguments.out,
        profile=Profile(arguments.profile),
        recipe=arguments.recipe,
        camera=arguments.camera,
        golden=arguments.golden,
        registry=arguments.registry,
        cache=arguments.cache,
        cap_share=arguments.cap_share,
        trust_operators=arguments.trust_operators,
        allow_gaps=arguments.allow_gaps,
        without=frozenset(arguments.without),
        threads=arguments.threads,
    )


def _tell(stage: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{stage} {done} of {total}{'' if done < total else chr(10)}")


def _told(made: Materialised) -> list[str]:
    report = made.report
    told = [
        f"{'written' if made.is_new else 'the same version is there already'}: {made.folder}",
        f"version {made.version}",
        f"{made.samples} images of {report['parts']} parts: {_counts(report['labels'])}; {_counts(report['splits'])}",
        f"left out: {_counts(report['dropped']) or 'nothing'}; dropped.csv says which",
    ]
    gaps = {series: facts["gaps"] for series, facts in report["series"].items() if facts["gaps"]}
    told += [f"NOTE records of {series} are missing: {gap[0]} to {gap[1]}" for series in gaps for gap in gaps[series]]
    told += [
        f"NOTE one image came as two groups, {same['group']} and {same['kept_in']}: kept in the second"
        for same in report["same_image_in_two_groups"]
    ]
    return told


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())
