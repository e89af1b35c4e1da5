"""The files of a dataset, laid out so that the usual libraries open the folder as it is."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from station_app.core.errors import StorageError
from station_app.dataset.card import card
from station_app.dataset.choosing import Dropped
from station_app.dataset.coco import instances, results
from station_app.dataset.croissant import croissant
from station_app.dataset.images import place
from station_app.dataset.label_studio import labelling_config, tasks
from station_app.dataset.manifest import MANIFEST, FileEntry, as_json, file_entry, manifest_text, version_of
from station_app.dataset.options import Profile
from station_app.dataset.registry import Registry
from station_app.dataset.sample import Sample
from station_app.dataset.shapes import mask_of
from station_app.dataset.split import Split
from station_app.dataset.tables import dropped_csv, samples_csv, split_csv, write_parquet
from station_app.dataset.tree import Tree
from station_app.store.png import encode_png

Told = tuple[dict[str, Any], dict[str, Any], Sequence[Dropped]]
"""What the manifest says about the source, the report, and what was left out."""


def write_dataset(tree: Tree, samples: Sequence[Sample], registry: Registry, profile: Profile, told: Told) -> str:
    """Fill the tree; the version. StorageError where the disk does not take it."""
    about, report, dropped = told
    try:
        _place_images(tree, samples, registry)
        write_parquet(tree.folder, samples, registry)
    except OSError as error:
        remedy = "make room on the disk, or give this user the right to write there"
        what = f"the dataset cannot be written: {error.strerror}"
        raise StorageError(what, where=str(tree.folder.parent), remedy=remedy) from error
    _write_coco(tree, samples, registry)
    table = tree.write("samples.csv", samples_csv(samples, registry))
    tree.write("split.csv", split_csv(samples, registry))
    tree.write("dropped.csv", dropped_csv(dropped))
    tree.write("labels.json", registry.as_text())
    tree.write("report.json", as_json(report))
    tree.write("README.md", card(samples, registry, profile))
    tree.write("croissant.json", as_json(croissant(table.sha256)))
    tree.write("exports/label_studio.json", as_json(tasks(samples, registry)))
    tree.write("exports/label_studio_config.xml", labelling_config(registry))
    manifest = manifest_text(_entries(tree.folder, samples, registry), about)
    tree.write(MANIFEST, manifest)
    return version_of(manifest)


def _place_images(tree: Tree, samples: Sequence[Sample], registry: Registry) -> None:
    for sample in samples:
        place(sample.made, tree.folder / sample.image_path(registry))
    defects = [sample for sample in samples if sample.candidate.label]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda sample: _write_mask(tree.folder / sample.mask_path(registry), sample), defects))


def _write_mask(path: Path, sample: Sample) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_png(mask_of(sample.shapes, sample.made.width, sample.made.height)))


def _write_coco(tree: Tree, samples: Sequence[Sample], registry: Registry) -> None:
    """A file of results without one would not be read as such: it is left out."""
    for split in Split:
        of_split = [sample for sample in samples if sample.split is split]
        if of_split:
            tree.write(f"annotations/instances_{split}.json", as_json(instances(of_split, registry)))
        if found := results(of_split, registry):
            tree.write(f"predictions/coco_results_{split}.json", as_json(found))


def _entries(folder: Path, samples: Sequence[Sample], registry: Registry) -> dict[str, FileEntry]:
    """The images' hashes are known from when they were made."""
    known = {sample.image_path(registry): FileEntry(sample.made.sha256, sample.made.size) for sample in samples}
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {path: known.get(path) or file_entry(folder / path) for path in paths}
