"""Which images of which parts become samples, with which label and weight, and why the others do not. Pure.

What could turn a defect that the model sees into a good example needs more than the word of one person at the line: it
is the cheapest way to make a model blind, by mistake or on purpose.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from station_app.core.inspection import VerdictKind
from station_app.dataset.caps import over_cap
from station_app.dataset.gathered import PartRecords
from station_app.dataset.golden import Golden
from station_app.dataset.options import DatasetOptions
from station_app.dataset.part_name import PartName
from station_app.dataset.record import ImageSent, PartSent
from station_app.dataset.standing import Consensus, Standing, standing_of

WEIGHTS = {Consensus.ADJUDICATED: 1.0, Consensus.AGREED: 1.0}
REVIEWED_WEIGHT = 0.8
LINE_WEIGHT = 0.5
"""One person alone: a reviewer looks with time and often blind, an operator has seen the model's answer first."""


class Why(StrEnum):
    """Why a part, or one image of it, is no sample."""

    UNLABELLED = "unlabelled"
    DISPUTED = "disputed"
    UNSURE = "unsure"
    KINDS_DIFFER = "kinds_differ"
    NEEDS_SECOND = "needs_second"
    GOLDEN = "golden"
    NO_IMAGE = "no_image"
    CAMERA_UNKNOWN = "camera_unknown"
    DUPLICATE = "duplicate"
    CONTRADICTING_DUPLICATE = "contradicting_duplicate"
    OVER_CAP = "over_cap"
    BLOB_MISSING = "blob_missing"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One image with its label; "" is good."""

    name: PartName
    part: PartSent
    image: ImageSent
    standing: Standing
    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class Dropped:
    """`image` is the hash of the one image, "" where the whole part is meant. `kept` is the part whose copy of the same
    image stays."""

    name: PartName
    group: str
    consensus: Consensus
    why: Why
    image: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """`standings` are those of all parts that were asked for."""

    candidates: tuple[Candidate, ...]
    dropped: tuple[Dropped, ...]
    standings: Mapping[PartName, Standing]


def choose(parts: Mapping[PartName, PartRecords], options: DatasetOptions, golden: Golden) -> Choice:
    """The candidates in the order of their parts; independent of the order in `parts`."""
    barred = _golden_images(parts.values(), golden)
    candidates: list[Candidate] = []
    dropped: list[Dropped] = []
    standings: dict[PartName, Standing] = {}
    for name in sorted(parts):
        about = parts[name].told
        if options.recipe and about.recipe.name != options.recipe:
            continue
        standings[name] = standing_of(parts[name])
        for each in _of_part(name, about, standings[name], options):
            is_golden = about.group in golden.groups or (isinstance(each, Candidate) and each.image.sha256 in barred)
            if is_golden:
                image = each.image.sha256 if isinstance(each, Candidate) else each.image
                dropped.append(Dropped(name, about.group, standings[name].consensus, Why.GOLDEN, image))
            elif isinstance(each, Candidate):
                candidates.append(each)
            else:
                dropped.append(each)
    single = list(_without_copies(candidates, dropped))
    kept = _capped(single, options.cap_share, dropped)
    return Choice(tuple(kept), tuple(dropped), standings)


def _golden_images(parts: Iterable[PartRecords], golden: Golden) -> frozenset[str]:
    """The same picture under another group's name would leak as well."""
    seen = (image.sha256 for part in parts if part.about.group in golden.groups for image in part.told.images)
    return golden.images | frozenset(seen)


def _of_part(
    name: PartName, part: PartSent, standing: Standing, options: DatasetOptions
) -> Iterator[Candidate | Dropped]:
    why = _why_not(part, standing, options)
    if why is not None:
        yield Dropped(name, part.group, standing.consensus, why)
        return
    label = standing.kinds[0] if standing.is_bad else ""
    weight = WEIGHTS.get(standing.consensus, REVIEWED_WEIGHT if standing.is_reviewed else LINE_WEIGHT)
    shown = _cameras_with_defect(part, standing) if standing.is_bad else part.cameras
    images = [image for image in part.images if options.camera in ("", image.camera)]
    if not images:
        yield Dropped(name, part.group, standing.consensus, Why.NO_IMAGE)
    for image in images:
        if image.camera in shown:
            yield Candidate(name, part, image, standing, label, weight)
        else:
            yield Dropped(name, part.group, standing.consensus, Why.CAMERA_UNKNOWN, image.sha256)


def _why_not(part: PartSent, standing: Standing, options: DatasetOptions) -> Why | None:
    if standing.consensus is Consensus.DISPUTED:
        return Why.DISPUTED
    if standing.is_bad is None:
        return Why.UNSURE if standing.is_unsure else Why.UNLABELLED
    if len(standing.kinds) > 1:
        return Why.KINDS_DIFFER
    if not options.trust_operators and _is_bare_acquittal(part, standing):
        return Why.NEEDS_SECOND
    return None


def _is_bare_acquittal(part: PartSent, standing: Standing) -> bool:
    """Whether a part that the model rejected is good on the word of one person who decided it at the line. Their own
    review of it later is no second opinion."""
    was_rejected = part.prediction.verdict in (VerdictKind.FAIL, VerdictKind.REVIEW)
    is_alone = standing.consensus is Consensus.SINGLE and standing.supporters <= standing.deciders
    return was_rejected and not standing.is_bad and is_alone


def _cameras_with_defect(part: PartSent, standing: Standing) -> frozenset[str]:
    """Where the defect shows: where people drew it, else where they or the model found it; the only camera anyway.
    Nobody said that the other images are good, nor that they are not."""
    if len(part.cameras) == 1:
        return part.cameras
    bad = [vote for vote in standing.votes if vote.is_bad]
    named = frozenset(camera for vote in bad for camera in vote.cameras)
    is_agreed = any(not vote.names_kind for vote in bad)
    found = frozenset(finding.camera_id for finding in part.prediction.findings if is_agreed)
    return named or found


def _without_copies(candidates: list[Candidate], dropped: list[Dropped]) -> Iterator[Candidate]:
    """One sample an image. The first part keeps it; where labels contradict each other, none does."""
    copies: dict[str, list[Candidate]] = defaultdict(list)
    for each in candidates:
        copies[each.image.sha256].append(each)
    for same in copies.values():
        contradict = len({each.label.casefold() for each in same}) > 1
        why = Why.CONTRADICTING_DUPLICATE if contradict else Why.DUPLICATE
        if not contradict:
            yield same[0]
        for each in same if contradict else same[1:]:
            kept = "" if contradict else str(same[0].name)
            consensus = each.standing.consensus
            dropped.append(Dropped(each.name, each.part.group, consensus, why, each.image.sha256, kept))


def _capped(candidates: list[Candidate], share: float, dropped: list[Dropped]) -> list[Candidate]:
    over = over_cap(((each.name, each.label, _only_supporter(each)) for each in candidates), share)
    for each in candidates:
        if each.name in over:
            consensus = each.standing.consensus
            dropped.append(Dropped(each.name, each.part.group, consensus, Why.OVER_CAP, each.image.sha256))
    return [each for each in candidates if each.name not in over]


def _only_supporter(candidate: Candidate) -> str | None:
    """The person on whom the label rests alone, None where it rests on several."""
    supporters = candidate.standing.supporters
    is_alone = candidate.standing.consensus is Consensus.SINGLE and len(supporters) == 1
    return next(iter(supporters)) if is_alone else None
