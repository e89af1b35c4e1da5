"""`retrain.toml` to a plan. Every mistake is reported at once; relative paths count from the file's folder."""

from dataclasses import fields
from pathlib import Path

from station_app.config_sync import read_store
from station_app.core.errors import ConfigError
from station_app.core.fields import Fields, parse_toml, raise_all
from station_app.core.recipe import Thresholds
from station_app.dataset.options import CAP_SHARE, DatasetOptions, Profile
from station_app.retrain.gate import GateLimits
from station_app.retrain.plan import (
    ChampionPlan,
    GoldenPlan,
    OfferPlan,
    RegistryPlan,
    RetrainPlan,
    SourcePlan,
    TrainPlan,
)
from station_app.training.options import TrainingOptions

SCHEMA = 1
_OURS = frozenset({"dataset", "out", "name", "version", "task", "start", "replay", "test_look", "test_note"})
"""Options of a training run that the plan decides elsewhere, or that have no place in one."""
_OPTIONS = {field.name: field.default for field in fields(TrainingOptions) if field.name not in _OURS}


def read_plan(path: Path, work: Path | None = None) -> RetrainPlan:
    """The plan in a file; `work` instead of its own work folder. ConfigError that names everything wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "give a retrain.toml; docs/ml.md shows one"
        raise ConfigError(f"the plan cannot be read, {reason}", where=str(path), remedy=remedy) from error
    top = parse_toml(text, str(path))
    plan = _plan(top, path.resolve().parent, work)
    top.finish()
    raise_all(top, str(path))
    return plan


def _plan(top: Fields, base: Path, work: Path | None) -> RetrainPlan:
    top.integer("schema", low=SCHEMA, high=SCHEMA)
    own = base / top.text("work", "work")
    folder = (work or own).resolve()
    return RetrainPlan(
        work=folder,
        source=_source(top.table("source"), base, folder),
        champion=_champion(top.table("champion"), base),
        golden=_golden(top.table("golden"), base),
        train=_train(top.table("train")),
        gate=_gate(top.table("gate")),
        offer=_offer(top.table("offer"), base) if top.has("offer") else None,
        registry=_registry(top.table("mlflow"), base) if top.has("mlflow") else None,
        threads=top.integer("threads", 1, low=1, high=64),
    )


def _source(table: Fields, base: Path, work: Path) -> SourcePlan:
    dataset = _path(table, "dataset", base)
    store = read_store(table, base) if table.has("store") else None
    if (dataset is None) == (store is None):
        table.error("dataset", "either a dataset or a store is the source")
    options = _dataset_options(table, base, work) if store else None
    table.finish()
    return SourcePlan(dataset, store, options)


def _dataset_options(table: Fields, base: Path, work: Path) -> DatasetOptions:
    """The labels keep their numbers from one retraining to the next, and their images are made once: both lie beside
    the work folder, where they are not named."""
    return DatasetOptions(
        out=work,
        profile=table.choice("profile", Profile, Profile.SUPERVISED),
        recipe=table.text("recipe", ""),
        camera=table.text("camera", ""),
        registry=_path(table, "registry", base) or work.parent / "labels.json",
        cache=_path(table, "cache", base) or work.parent / ".dataset-images",
        cap_share=table.number("cap_share", CAP_SHARE, low=0.001, high=1),
        trust_operators=table.flag("trust_operators", False),
        allow_gaps=table.flag("allow_gaps", False),
        without=frozenset(table.texts("without", ())),
        threads=table.integer("threads", 2, low=1, high=256),
    )


def _champion(table: Fields, base: Path) -> ChampionPlan:
    plan = ChampionPlan(
        package=base / table.text("package"),
        recipe=_path(table, "recipe", base),
        camera=table.text("camera", ""),
        replay=_path(table, "replay", base),
    )
    table.finish()
    return plan


def _golden(table: Fields, base: Path) -> GoldenPlan:
    plan = GoldenPlan(base / table.text("folder"), table.text("sha256", ""))
    table.finish()
    return plan


def _train(table: Fields) -> TrainPlan:
    name, version = table.text("name", ""), table.text("version", "1.0.0")
    is_anew = table.flag("anew", False)
    options = table.scalars()
    for key, value in options:
        if key not in _OPTIONS:
            table.error(key, f"no option of a training run; there are {', '.join(sorted(_OPTIONS))}")
        elif not _is_alike(value, _OPTIONS[key]):
            table.error(key, f"must be such as {_OPTIONS[key]!r}, not {value!r}")
    return TrainPlan(name, version, is_anew, options)


def _is_alike(value: object, usual: object) -> bool:
    """Whether it can stand in the usual value's place; a whole number is a number too, a flag is none."""
    return type(value) is type(usual) or (type(usual) is float and type(value) is int)


def _gate(table: Fields) -> GateLimits:
    usual = GateLimits()
    limits = GateLimits(
        overkill_margin=table.number("overkill_margin", usual.overkill_margin, low=0.0001, high=0.5),
        latency_ratio=table.number("latency_ratio", usual.latency_ratio, low=0.1, high=100),
        confidence=table.number("confidence", usual.confidence, low=0.5, high=0.9999),
        needs_better=table.flag("needs_better", usual.needs_better),
    )
    table.finish()
    return limits


def _offer(table: Fields, base: Path) -> OfferPlan:
    plan = OfferPlan(
        recipe=table.text("recipe"),
        camera=table.text("camera"),
        channel=table.text("channel", "stable"),
        store=read_store(table, base),
        key=base / table.text("key"),
        stations=table.texts("stations", ()),
        thresholds=tuple((label, _pair(entry)) for label, entry in table.table("thresholds").named_tables()),
    )
    table.finish()
    return plan


def _pair(table: Fields) -> Thresholds:
    pair = Thresholds(table.number("review", low=0, high=1), table.number("fail", low=0, high=1))
    if not 0 < pair.review <= pair.fail:
        table.error("review", "must be above 0 and not above fail")
    table.finish()
    return pair


def _registry(table: Fields, base: Path) -> RegistryPlan:
    plan = RegistryPlan(
        url=table.text("url").rstrip("/"),
        experiment=table.text("experiment", "inspection"),
        model=table.text("model"),
        ca=_path(table, "ca", base),
    )
    if not plan.url.startswith(("http://", "https://")):
        table.error("url", "must begin with http:// or https://")
    if not plan.model or any(sign in plan.model for sign in "/:.%\"'"):
        table.error("model", "a registered model's name has no slash, colon, dot, percent sign or quote")
    table.finish()
    return plan


def _path(table: Fields, key: str, base: Path) -> Path | None:
    """Where something may be left out; relative to the plan."""
    text = table.text(key, "")
    return (base / text) if text else None
