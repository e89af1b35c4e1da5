"""Model packages that came to the station, and what becomes of them: what the engine says and can be asked."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.core.people import Signature


class ModelStage(StrEnum):
    """Where a package stands at this station. Only CANARY and ACTIVE decide anything.

    OFFERED: its offer was read. REFUSED: its signature, hash, contract or golden images do not hold. PROVED: all of
    them do. SHADOW: it runs beside the champion and is recorded. CANARY: it decides a share of the parts. ACTIVE: it is
    the champion. RETIRED: another one is, after it. ROLLED_BACK: it was taken out of service.
    """

    OFFERED = "offered"
    REFUSED = "refused"
    PROVED = "proved"
    SHADOW = "shadow"
    CANARY = "canary"
    ACTIVE = "active"
    RETIRED = "retired"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class StopRule:
    """When a canary ends by itself, declared before it begins: it is stopped as soon as a sequential test (Wald 1945)
    holds that its share of overturned or lost verdicts is `bad_share` rather than `good_share`, with the error rates
    `alpha` (stopped although good) and `beta`; it has passed when the test holds the opposite, after `min_parts`."""

    good_share: float = 0.01
    bad_share: float = 0.05
    alpha: float = 0.05
    beta: float = 0.05
    min_parts: int = 200


@dataclass(frozen=True, slots=True)
class ModelState:
    """One package at this station, for one camera of one recipe. `replaces` is the package hash of the champion that it
    was compared with. `signed_by` are those who have signed for its promotion. `share` of the parts is decided by it
    (1 where it is active). `detail` says why where it was refused or rolled back."""

    sha256: str
    name: str
    version: str
    recipe: str
    camera: str
    stage: ModelStage
    since_ms: int
    channel: str = ""
    number: int = 0
    replaces: str = ""
    dataset: str = ""
    share: float = 0.0
    shadow_parts: int = 0
    discordant_parts: int = 0
    signed_by: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FetchModels:
    """Look at the model channel now; `folder` reads one from a stick or a share instead."""

    operator: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class StartShadow:
    """Let a proved package run in shadow."""

    sha256: str
    recipe: str
    camera: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class StopShadow:
    sha256: str
    recipe: str
    camera: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class PromoteModel:
    """One of the two signatures for a package; with the second it decides `share` of the parts: a canary below 1 under
    `stop_rule`, active at 1. Both must sign for the same share and rule. `allows_older` lets a lower number of the
    channel back in."""

    sha256: str
    recipe: str
    camera: str
    share: float
    signature: Signature
    stop_rule: StopRule = StopRule()
    reason: str = ""
    allows_older: bool = False


@dataclass(frozen=True, slots=True)
class RollBackModel:
    """Take a canary or an active package out of service: the champion before it decides from the next part on."""

    sha256: str
    recipe: str
    camera: str
    reason: str
    operator: str = ""


ModelCommand = FetchModels | StartShadow | StopShadow | PromoteModel | RollBackModel


@dataclass(frozen=True, slots=True)
class ModelsReported:
    """All packages of the channel and their stages, newest first; sent to every client and after every change."""

    models: tuple[ModelState, ...] = ()


ModelEvent = ModelsReported
