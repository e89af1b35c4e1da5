"""What the records say of a package, as the screen shows it. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from station_app.core.model_messages import ModelStage, StopRule
from station_app.core.rollout import folded
from station_app.core.rollout_deeds import DeedKind, ModelDeed
from station_app.core.rollout_models import Given, find
from station_app.store.shadow_view import DiscordantPart, ShadowView

ModelKey = tuple[str, str, str]
"""Package hash, recipe and camera."""
_STAGES = {
    DeedKind.OFFERED: ModelStage.OFFERED,
    DeedKind.REFUSED: ModelStage.REFUSED,
    DeedKind.PROVED: ModelStage.PROVED,
    DeedKind.SHADOW_STARTED: ModelStage.SHADOW,
    DeedKind.SHADOW_STOPPED: ModelStage.PROVED,
    DeedKind.CANARY: ModelStage.CANARY,
    DeedKind.ACTIVE: ModelStage.ACTIVE,
    DeedKind.RETIRED: ModelStage.RETIRED,
    DeedKind.RESTORED: ModelStage.ACTIVE,
    DeedKind.ROLLED_BACK: ModelStage.ROLLED_BACK,
}


@dataclass(frozen=True, slots=True)
class Step:
    """A package came to a stage."""

    stage: ModelStage
    at_ms: int
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SignedTerms:
    """What one person signed for."""

    name: str
    at_ms: int
    share: float
    stop_rule: StopRule = field(default_factory=StopRule)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """`steps` in order; `terms` of the signatures that wait for a second; `evaluation` is that of the offer, as it was
    signed there."""

    key: ModelKey
    steps: tuple[Step, ...] = ()
    terms: tuple[SignedTerms, ...] = ()
    evaluation: Mapping[str, Any] = field(default_factory=dict)


class Side(StrEnum):
    """Which of the two would have let the part through."""

    CHAMPION_PASSES = "champion_passes"
    CANDIDATE_PASSES = "candidate_passes"


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """A package's time in shadow."""

    key: ModelKey
    view: ShadowView

    def count(self, side: Side) -> int:
        """Parts that only one of them would have let through."""
        counts = self.view.counts
        return counts.only_candidate_rejects if side is Side.CHAMPION_PASSES else counts.only_champion_rejects


@dataclass(frozen=True, slots=True)
class DiscordantPage:
    """Parts of one side before the part `before`, None from the newest on; newest first."""

    key: ModelKey
    side: Side
    before: int | None
    parts: tuple[DiscordantPart, ...]
    has_more: bool = False


def record_of(key: ModelKey, deeds: Iterable[ModelDeed]) -> PackageRecord:
    """Of all deeds at the station those of one package."""
    everything = tuple(deeds)
    model = find(folded(everything), *key)
    own = tuple(deed for deed in everything if deed.key == key)
    return PackageRecord(
        key=key,
        steps=tuple(_step(deed) for deed in own if deed.kind in _STAGES),
        terms=tuple(_terms(given, own) for given in model.signatures),
        evaluation=_evaluation(model.offer.body),
    )


def _step(deed: ModelDeed) -> Step:
    return Step(_STAGES[deed.kind], deed.at_ms, deed.person, deed.reason)


def _terms(given: Given, deeds: Iterable[ModelDeed]) -> SignedTerms:
    (*_, deed) = (deed for deed in deeds if deed.kind is DeedKind.SIGNED and deed.person == given.name)
    return SignedTerms(given.name, deed.at_ms, given.terms.share, given.terms.stop_rule, deed.reason)


def _evaluation(body: str) -> Mapping[str, Any]:
    """Of an offer as it was taken in: its signed text stands in its object."""
    table = json.loads(json.loads(body)["offer"])["evaluation"] if body else {}
    return table if isinstance(table, dict) else {}
