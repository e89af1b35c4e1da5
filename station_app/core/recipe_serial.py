"""The serial numbers' share of a recipe file: `[serial]`, `[serial.image]` and `codes`."""

from station_app.core.fields import Fields
from station_app.core.inspection import Box
from station_app.core.recipe import Recipe
from station_app.core.safe_pattern import pattern_fault
from station_app.core.serial import (
    USUAL_BUDGET_MS,
    CodeFormat,
    CodeReading,
    SerialRules,
    SerialSource,
    text_refusal,
)


def read_serial(fields: Fields) -> SerialRules:
    """`[serial]`; without it any scanned text is a serial number, and none is needed."""
    usual = SerialRules()
    source = fields.choice("source", SerialSource, usual.source)
    rules = SerialRules(
        source=source,
        pattern=_pattern(fields),
        is_unique=fields.flag("unique", usual.is_unique),
        is_required=fields.flag("required", usual.is_required),
        reading=_reading(fields.table("image")) if source is SerialSource.IMAGE else None,
    )
    if source is SerialSource.NONE and (rules.pattern or rules.is_unique or rules.is_required):
        fields.error("source", "none goes with no other key of this table")
    fields.finish()
    return rules


def read_codes(top: Fields) -> tuple[str, ...]:
    """The texts of printed codes that select the recipe."""
    codes = top.texts("codes", ())
    if any(text_refusal(code) is not None or code != code.strip() for code in codes):
        top.error("codes", "each must be a printable text without spaces at its ends")
    if len(set(codes)) != len(codes):
        top.error("codes", "the same text is there twice")
    return codes


def check_serial(top: Fields, recipe: Recipe) -> None:
    """What holds between the serial numbers and the rest of the recipe."""
    reading = recipe.serial.reading
    if reading is None:
        return
    if reading.camera_id not in [camera.camera_id for camera in recipe.cameras]:
        top.error("serial.image.camera", f"the recipe has no camera {reading.camera_id!r}")
    if reading.budget_ms >= recipe.deadline_ms:
        top.error("serial.image.budget_ms", "must be below deadline_ms")


def _pattern(fields: Fields) -> str:
    pattern = fields.text("pattern", "")
    fault = pattern_fault(pattern)
    if fault:
        fields.error("pattern", f"{pattern!r} {fault}")
    return pattern


def _reading(fields: Fields) -> CodeReading:
    box = Box(*fields.integers("box", 4))
    if box.width == 0 or box.height == 0:
        fields.error("box", "width and height must be at least 1")
    reading = CodeReading(
        camera_id=fields.text("camera"),
        box=box,
        formats=_formats(fields),
        budget_ms=fields.number("budget_ms", USUAL_BUDGET_MS, low=1, high=60_000),
    )
    fields.finish()
    return reading


def _formats(fields: Fields) -> tuple[CodeFormat, ...]:
    names = fields.texts("formats")
    known = tuple(CodeFormat)
    unknown = [name for name in names if name not in known]
    if unknown or not names or len(set(names)) != len(names):
        fields.error("formats", f"needs one or more of {', '.join(known)}, each once")
        return ()
    return tuple(CodeFormat(name) for name in names)
