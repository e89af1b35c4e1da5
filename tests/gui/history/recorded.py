"""A station's records as the history's tests and bench read them: written by the store itself."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from station_app.core.inspection import Disposition, Inspection, NoResultReason, Override, Pixels, VerdictKind
from station_app.core.recipe import Recipe
from station_app.store.connection import open_writer
from station_app.store.inspections import record_inspection, register_recipe
from station_app.store.ledger import DATABASE, THUMBNAILS, StationLedger
from station_app.store.overrides import record_override
from station_app.store.schema import prepare_schema
from station_app.store.thumbnails import Thumbnails
from tests.gui.fake_engine import NOW_MS, housing, scratch
from tests.store.records import RECIPE, ROOMY, inspection

OTHER_RECIPE = replace(RECIPE, name="B02-plate", revision=5)
_LABELS = ("scratch", "dent", "stain")
_VERDICTS = (VerdictKind.PASS,) * 17 + (VerdictKind.FAIL, VerdictKind.REVIEW, VerdictKind.NO_RESULT)


def parts(count: int, first: int = 1) -> Iterator[Inspection]:
    """So many parts, five seconds apart and the last one now: two recipes, four verdicts, lots of 500."""
    rng = random.Random(7)
    for part_id in range(first, first + count):
        recipe = RECIPE if part_id % 1000 < 700 else OTHER_RECIPE
        yield _part(part_id, rng.choice(_VERDICTS), recipe, rng, NOW_MS - (first + count - part_id) * 5000)


def _part(part_id: int, verdict: VerdictKind, recipe: Recipe, rng: random.Random, at_ms: int) -> Inspection:
    made = inspection(part_id, verdict, f"2A17-{part_id:07d}")
    label, is_bad = rng.choice(_LABELS), verdict in (VerdictKind.FAIL, VerdictKind.REVIEW)
    finding = replace(scratch(np.zeros((600, 720), np.uint8))[0], label=label, score=0.9 if is_bad else 0.1)
    reasons = (NoResultReason.LATE, NoResultReason.QUALITY, NoResultReason.FRAME_LOST)
    return replace(
        made,
        inspected_at_ms=at_ms,
        recipe=recipe.name,
        recipe_revision=recipe.revision,
        recipe_hash=recipe.sha256,
        findings=(finding,) if is_bad else (),
        scores=((label, 0.9 if is_bad else rng.random() * 0.3), ("chip", 0.05)),
        reason=rng.choice(reasons) if verdict is VerdictKind.NO_RESULT else None,
        lot=f"L{part_id // 500:04d}",
    )


def write_records(folder: Path, count: int) -> None:
    """A database of so many parts, a decision about every hundredth; in one transaction, since nobody waits for it."""
    folder.mkdir(parents=True, exist_ok=True)
    prepare_schema(folder / DATABASE)
    with closing(open_writer(folder / DATABASE)) as connection:
        connection.execute("BEGIN")
        for recipe in (RECIPE, OTHER_RECIPE):
            register_recipe(connection, recipe)
        for made in parts(count):
            record_inspection(connection, made)
            if made.part_id % 100 == 0 and made.verdict is not VerdictKind.NO_RESULT:
                decided = Override(made.part_id, Disposition.AGREE, "王芳", made.inspected_at_ms + 4000, viewed_ms=900)
                record_override(connection, decided)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def small(seed: int, *, is_bad: bool) -> Pixels:
    """What a camera saw of a part."""
    pixels = housing(seed, (600, 720))
    if is_bad:
        scratch(pixels)
    return pixels


def keep_pictures(folder: Path, part_ids: range, *, with_images: bool = True) -> None:
    """Small pictures of these parts, and their whole images."""
    by_id = {made.part_id: made for made in parts(part_ids.stop - 1) if made.part_id in part_ids}
    thumbnails = Thumbnails(folder / THUMBNAILS)
    for part_id, made in by_id.items():
        thumbnails.keep(part_id, small(part_id, is_bad=bool(made.findings))[::6, ::6].copy())
    thumbnails.close()
    if with_images:
        with closing(StationLedger(folder, ROOMY)) as ledger:
            for part_id, made in by_id.items():
                ledger.keep_image(made, "top", small(part_id, is_bad=bool(made.findings)))
