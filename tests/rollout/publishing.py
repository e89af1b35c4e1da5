"""A publisher for this room's tests: a key, a package that takes no time, and what it offers."""

from dataclasses import replace
from pathlib import Path

from station_app.core.recipe import Thresholds
from station_app.inference.package import ModelPackage
from station_app.rollout.offer import Offer, OfferedPackage
from station_app.rollout.publish import OfferDraft
from station_app.store.station_key import StationKey
from tests.inference.models import pointwise_package

KEY = StationKey(bytes(range(32)))
OTHER_KEY = StationKey(bytes(range(1, 33)))
DRAFT = OfferDraft("stable", "housing", "top", "0.1.0", evaluation={"escapes": 0})

OFFER = Offer(
    channel="stable",
    number=7,
    created_ms=1_700_000_000_123,
    recipe="housing",
    camera="top",
    package=OfferedPackage(
        "housing",
        "1.3.0",
        "a" * 64,
        (("golden/000.png", "c" * 64), ("manifest.json", "a" * 64), ("model.onnx", "b" * 64)),
    ),
    thresholds=(("scratch", Thresholds(0.5, 0.7)),),
    min_app="0.1.0",
    golden=1,
    replaces="d" * 64,
    dataset="e" * 64,
    evaluation={"escapes": [0, 1], "overkill": 0.02},
    stations=("s1",),
)


def small_package(folder: Path, **settings: object) -> ModelPackage:
    """In `folder / "package"`; settings as in `tests.inference.models.draft`."""
    return pointwise_package(folder, **settings)


def meant_for(recipe: str, camera: str) -> OfferDraft:
    return replace(DRAFT, recipe=recipe, camera=camera)
