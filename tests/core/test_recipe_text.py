"""A recipe written as text is the same recipe when it is read back."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Box
from station_app.core.recipe import (
    CameraSetup,
    FingerprintLimits,
    Keep,
    KeepImages,
    ModelReference,
    OnDifference,
    QualityLimits,
    Recipe,
    Region,
    Thresholds,
)
from station_app.core.recipe_text import recipe_text
from station_app.core.recipe_toml import parse_recipe
from station_app.core.serial import CodeFormat, CodeReading, SerialRules, SerialSource

names = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() != "" and text.isprintable())
codes = names.filter(lambda text: text == text.strip())
any_text = st.text(st.characters(codec="utf-8"), max_size=12)
values = st.one_of(st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, width=32), any_text)
fingerprints = st.builds(
    FingerprintLimits, st.sampled_from(OnDifference), shift_px=st.floats(0, 10_000), match_min=st.floats(0, 1)
)
shares = st.floats(0.001, 1)


@st.composite
def _regions(draw: st.DrawFn) -> tuple[Region, ...]:
    extent = st.integers(1, 5000)
    boxes = draw(st.lists(st.builds(Box, extent, extent, extent, extent), max_size=3))
    return tuple(Region(draw(names), box, is_excluded=index > 0) for index, box in enumerate(boxes))


@st.composite
def _rules(draw: st.DrawFn, camera_id: str) -> SerialRules:
    source = draw(st.sampled_from(SerialSource))
    if source is SerialSource.NONE:
        return SerialRules(source)
    formats = tuple(draw(st.sets(st.sampled_from(CodeFormat), min_size=1)))
    box = Box(*draw(st.tuples(*(st.integers(1, 5000),) * 4)))
    reading = CodeReading(camera_id, box, formats, draw(st.floats(1, 99)))
    pattern = draw(st.sampled_from(("", r"SN\d{6}", '"[A-Z]+"')))
    strictness = draw(st.booleans()), draw(st.booleans())
    return SerialRules(source, pattern, *strictness, reading if source is SerialSource.IMAGE else None)


@st.composite
def _recipes(draw: st.DrawFn) -> Recipe:
    ids = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    labels = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    model = ModelReference(draw(any_text), "ab" * 32, draw(st.sampled_from(("", "CPU"))))
    cameras = tuple(
        CameraSetup(
            camera_id,
            model,
            draw(_regions()),
            tuple(draw(st.dictionaries(names, values, max_size=3)).items()),
            QualityLimits(mean_min=draw(st.floats(0, 100)), focus_min=draw(st.floats(0, 1e9))),
            draw(st.one_of(st.none(), fingerprints)),
        )
        for camera_id in ids
    )
    review = draw(shares)
    return Recipe(
        draw(names),
        draw(st.integers(1, 1_000_000)),
        cameras,
        tuple((label, Thresholds(review, draw(st.floats(review, 1)))) for label in labels),
        draw(st.floats(100, 600_000)),
        Keep(draw(st.sampled_from(KeepImages)), draw(st.floats(0, 1))),
        draw(_rules(ids[0])),
        tuple(draw(st.lists(codes, max_size=3, unique=True))),
    )


@given(_recipes())
def test_a_recipe_survives_being_written(recipe: Recipe) -> None:
    read = parse_recipe(recipe_text(recipe))
    assert read == recipe
    assert read.sha256 == recipe.sha256
