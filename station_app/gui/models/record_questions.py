"""What the models' screen asks of the records. Runs on a reader's thread, never on the GUI thread."""

from functools import partial

from station_app.core.inspection import VerdictKind
from station_app.gui.link import PartArchive
from station_app.gui.models.records import DiscordantPage, ModelKey, PackageRecord, ShadowReport, Side, record_of
from station_app.store.model_deeds import deeds
from station_app.store.shadow_view import DiscordantPart, Trial, discordant_page, shadow_view

PAGE = 48
_LOOKED_AT = 200
"""So many parts of both sides are read at a time while those of one are looked for."""


def ask_package(key: ModelKey, archive: PartArchive) -> PackageRecord:
    """What was done with a package, by whom, and what its offer says."""
    return record_of(key, archive.read(lambda reader: tuple(deeds(reader))))


def ask_shadow(key: ModelKey, archive: PartArchive) -> ShadowReport:
    """How it judged beside the champion."""
    return ShadowReport(key, archive.read(partial(shadow_view, trial=Trial(*key))))


def ask_discordant(key: ModelKey, side: Side, before: int | None, archive: PartArchive) -> DiscordantPage:
    """A page of the parts that only one of the two would have let through, newest first."""
    found: list[DiscordantPart] = []
    start, is_over = before, False
    while len(found) <= PAGE and not is_over:
        page = archive.read(partial(discordant_page, trial=Trial(*key), before=start, size=_LOOKED_AT))
        found += [part for part in page if _side(part) is side]
        start, is_over = (page[-1].part_id if page else None), len(page) < _LOOKED_AT
    return DiscordantPage(key, side, before, tuple(found[:PAGE]), has_more=len(found) > PAGE)


def _side(part: DiscordantPart) -> Side:
    return Side.CHAMPION_PASSES if part.champion is VerdictKind.PASS else Side.CANDIDATE_PASSES
