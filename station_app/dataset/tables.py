"""The samples as tables: Parquet beside the images for `datasets`, samples.csv for everything else, split.csv for
`station-app train`, and a list of what was left out."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from station_app.core.errors import ConfigError, DatasetError
from station_app.dataset.choosing import Dropped
from station_app.dataset.registry import Registry
from station_app.dataset.sample import COLUMNS, OBJECTS, Sample, Value, objects_of, row_of
from station_app.dataset.split import Split
from station_app.reports.columns import harmless

_PARQUET_COLUMNS = {"file_name": "VARCHAR", **COLUMNS, "objects": OBJECTS}


def need_duckdb() -> None:
    """ConfigError where the extra is not installed, before any work is done."""
    try:
        import duckdb  # noqa: F401 - only whether it is there
    except ImportError as error:
        remedy = 'install the extra: pip install "station-app[dataset]"'
        raise ConfigError("a dataset's tables need DuckDB", where="duckdb", remedy=remedy) from error


def write_parquet(folder: Path, samples: Sequence[Sample], registry: Registry) -> None:
    """metadata.parquet beside the images of each split. The columns and their types are the same in all, also where one
    is empty everywhere: `datasets` refuses splits that differ."""
    for split in Split:
        rows = [_parquet_row(sample, registry) for sample in samples if sample.split is split]
        if rows:
            _write_parquet(folder / "images" / split / "metadata.parquet", rows)


def _parquet_row(sample: Sample, registry: Registry) -> dict[str, object]:
    path = sample.image_path(registry)
    return {
        "file_name": path.split("/", 2)[2],
        **row_of(sample, registry),
        "objects": objects_of(sample, registry),
    }


def _write_parquet(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """Through a file of JSON lines: a hundred times faster than row by row. One thread, so that rows keep their place
    and the file is the same every time."""
    import duckdb

    lines = path.with_name(".rows.jsonl")
    try:
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        with duckdb.connect(config={"threads": 1}) as connection:
            table = connection.read_json(str(lines), columns=_PARQUET_COLUMNS, format="newline_delimited")
            table.write_parquet(str(path), compression="zstd")
    except duckdb.Error as error:
        remedy = "make room on the disk; if it says so again, this is a fault of the program"
        raise DatasetError(f"a table cannot be written: {error}", where=str(path), remedy=remedy) from error
    finally:
        lines.unlink(missing_ok=True)


def samples_csv(samples: Sequence[Sample], registry: Registry) -> str:
    """All columns of all samples; texts from the plant cannot become a spreadsheet's formula."""
    rows = (row_of(sample, registry).values() for sample in samples)
    return _csv(COLUMNS, ([_cell(value) for value in row] for row in rows))


def split_csv(samples: Sequence[Sample], registry: Registry) -> str:
    """As docs/ml.md describes the dataset of `station-app train`."""
    columns = ("image", "mask", "split", "label", "group", "weight")
    return _csv(columns, (_trained(sample, registry) for sample in samples))


def _trained(sample: Sample, registry: Registry) -> list[str]:
    label = registry.of(sample.candidate.label).name if sample.candidate.label else "good"
    mask = sample.mask_path(registry)
    part, weight = sample.candidate.part, repr(sample.candidate.weight)
    return [sample.image_path(registry), mask, sample.split.value, label, part.group, weight]


def dropped_csv(dropped: Iterable[Dropped]) -> str:
    """What is no sample, and why: one line a part, or an image of it."""
    columns = ("plant", "station", "part", "group", "consensus", "why", "image_sha256", "kept")
    rows = (
        [
            each.name.station.plant,
            each.name.station.station,
            str(each.name.part_id),
            harmless(each.group),
            each.consensus.value,
            each.why.value,
            each.image,
            each.kept,
        ]
        for each in sorted(dropped, key=lambda each: (each.name, each.image, each.why))
    )
    return _csv(columns, rows)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return harmless(value) if isinstance(value, str) else repr(value)


def _csv(columns: Iterable[str], rows: Iterable[list[str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
