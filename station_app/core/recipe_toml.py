"""Recipes from TOML text. Every mistake in the file is reported at once; nothing is guessed."""

from station_app.core.fields import Fields, parse_toml, raise_all
from station_app.core.inspection import Box
from station_app.core.recipe import (
    SCHEMA,
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
from station_app.core.recipe_serial import check_serial, read_codes, read_serial

_SHA256_LENGTH = 64


def parse_recipe(text: str, where: str = "recipe") -> Recipe:
    """A recipe from its TOML text. Raises ConfigError that names every wrong, missing or unknown key."""
    top = parse_toml(text, where)
    top.integer("schema", low=SCHEMA, high=SCHEMA)
    recipe = Recipe(
        name=_identifier(top, "name"),
        revision=top.integer("revision", low=1, high=1_000_000),
        cameras=tuple(_camera(entry) for entry in top.tables("cameras")),
        thresholds=tuple((label, _thresholds(entry)) for label, entry in top.table("labels").named_tables()),
        deadline_ms=top.number("deadline_ms", 1000.0, low=1, high=600_000),
        keep=_keep(top.table("keep")),
        serial=read_serial(top.table("serial")),
        codes=read_codes(top),
    )
    top.finish()
    _check_whole(top, recipe)
    raise_all(top, where)
    return recipe


def _check_whole(top: Fields, recipe: Recipe) -> None:
    ids = [camera.camera_id for camera in recipe.cameras]
    if not ids:
        top.error("cameras", "at least one camera is needed")
    if len(set(ids)) != len(ids):
        top.error("cameras", "two cameras have the same id")
    if not recipe.thresholds:
        top.error("labels", "at least one label with its thresholds is needed")
    check_serial(top, recipe)


def _identifier(fields: Fields, key: str) -> str:
    value = fields.text(key)
    if not value.strip() or not value.isprintable():
        fields.error(key, "must be a printable name")
    return value


def _camera(fields: Fields) -> CameraSetup:
    setup = CameraSetup(
        camera_id=_identifier(fields, "id"),
        model=_model(fields.table("model")),
        regions=tuple(_region(entry) for entry in fields.tables("regions")),
        settings=fields.table("settings").scalars(),
        quality=_quality(fields.table("quality")),
        fingerprint=_fingerprint(fields.table("fingerprint")) if fields.has("fingerprint") else None,
    )
    if setup.regions and all(region.is_excluded for region in setup.regions):
        fields.error("regions", "only excluded regions: add one that is judged")
    fields.finish()
    return setup


def _model(fields: Fields) -> ModelReference:
    model = ModelReference(fields.text("package"), fields.text("sha256"), fields.text("provider", ""))
    if len(model.sha256) != _SHA256_LENGTH or not set(model.sha256) <= set("0123456789abcdef"):
        fields.error("sha256", "must be the 64 hexadecimal digits of the package hash")
    fields.finish()
    return model


def _region(fields: Fields) -> Region:
    box = Box(*fields.integers("box", 4))
    if box.width == 0 or box.height == 0:
        fields.error("box", "width and height must be at least 1")
    region = Region(_identifier(fields, "name"), box, fields.flag("exclude", False))
    fields.finish()
    return region


def _quality(fields: Fields) -> QualityLimits:
    usual = QualityLimits()
    limits = QualityLimits(
        mean_min=fields.number("mean_min", usual.mean_min, low=0, high=255),
        mean_max=fields.number("mean_max", usual.mean_max, low=0, high=255),
        dark_share_max=fields.number("dark_share_max", usual.dark_share_max, low=0, high=1),
        bright_share_max=fields.number("bright_share_max", usual.bright_share_max, low=0, high=1),
        focus_min=fields.number("focus_min", usual.focus_min, low=0, high=1e9),
    )
    if limits.mean_min >= limits.mean_max:
        fields.error("mean_min", "must be below mean_max")
    fields.finish()
    return limits


def _fingerprint(fields: Fields) -> FingerprintLimits:
    usual = FingerprintLimits()
    limits = FingerprintLimits(
        on_difference=fields.choice("on_difference", OnDifference, usual.on_difference),
        exposure_share=fields.number("exposure_share", usual.exposure_share, low=0, high=10),
        gain_db=fields.number("gain_db", usual.gain_db, low=0, high=100),
        brightness=fields.number("brightness", usual.brightness, low=0, high=255),
        histogram=fields.number("histogram", usual.histogram, low=0, high=255),
        focus_share=fields.number("focus_share", usual.focus_share, low=0, high=100),
        shift_px=fields.number("shift_px", usual.shift_px, low=0, high=10_000),
        turn_deg=fields.number("turn_deg", usual.turn_deg, low=0, high=180),
        match_min=fields.number("match_min", usual.match_min, low=0, high=1),
    )
    fields.finish()
    return limits


def _thresholds(fields: Fields) -> Thresholds:
    thresholds = Thresholds(fields.number("review", low=0, high=1), fields.number("fail", low=0, high=1))
    if not 0 < thresholds.review <= thresholds.fail:
        fields.error("review", "must be above 0 and not above fail")
    fields.finish()
    return thresholds


def _keep(fields: Fields) -> Keep:
    keep = Keep(
        fields.choice("images", KeepImages, KeepImages.EVIDENCE),
        fields.number("pass_share", Keep().pass_share, low=0, high=1),
    )
    fields.finish()
    return keep
