"""What a shift report says, read and reckoned in one go. No Qt; worker thread."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import time
from functools import partial

from station_app.core.audit_view import AuditHead
from station_app.core.history import HistoryFilter, HistoryRow
from station_app.core.inspection import Disposition, Finding, NoResultReason, Override, Pixels, VerdictKind
from station_app.gui.charts.sample_figures import SampleFigures, SampleQuestion, sample_figures
from station_app.gui.charts.spc_figures import NG_SHARE, ControlChart, SpcQuestion, spc_figures
from station_app.gui.charts.subgroups import Grouping
from station_app.gui.charts.yield_figures import YieldFigures, yield_figures
from station_app.gui.history.chain import override_entries, standing
from station_app.gui.link import PartArchive
from station_app.quality.pareto import ParetoBar, pareto
from station_app.store import rollups
from station_app.store.audit_heads import newest_head
from station_app.store.audit_links import chain_head
from station_app.store.decisions_made import DecisionMade, decisions_made
from station_app.store.history import decisions, page
from station_app.store.inspections import load_inspection
from station_app.store.rollups import Records, StreamSpan

PICTURES = 12
MOST_DECISIONS = 200


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """Which parts, and who asks when (UTC ms). Of the filter, recipe, model and time hold: the rest is not counted by
    the hour, and the report says so."""

    where: HistoryFilter
    station: str
    program: str
    made_by: str
    made_at_ms: int
    shifts: tuple[time, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PicturedPart:
    """A rejected or overridden part with the decision that stands; `pixels` is None where no image of it is stored."""

    row: HistoryRow
    findings: tuple[Finding, ...]
    standing: Override | None = None
    camera_id: str = ""
    pixels: Pixels | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ReportContents:
    """`reasons` are the parts without result by reason, most frequent first; `ng` the share of rejected parts, None
    where there was nothing, with what one point of it stands for; `decisions` the newest `MOST_DECISIONS` of
    `decision_count`."""

    question: ReportQuestion
    yields: YieldFigures
    streams: tuple[StreamSpan, ...]
    reasons: tuple[tuple[NoResultReason, int], ...]
    sample: SampleFigures
    pareto: tuple[ParetoBar, ...]
    ng: ControlChart | None
    grouping: Grouping
    decisions: tuple[DecisionMade, ...]
    decision_count: int
    pictured: tuple[PicturedPart, ...]
    chain_head: str
    signed_head: AuditHead | None

    @property
    def is_empty(self) -> bool:
        return not self.yields.counts.triggers


def gather(archive: PartArchive, question: ReportQuestion) -> ReportContents:
    """The records of one moment, then the pictures. StorageError where they cannot be read."""
    contents = archive.read(partial(contents_of, question=question))
    return replace(contents, pictured=tuple(_with_picture(archive, part) for part in contents.pictured))


def contents_of(reader: Records, question: ReportQuestion) -> ReportContents:
    """Everything but the pixels of the pictures."""
    where = question.where
    scope = rollups.scope_of(reader, where)
    decided, decision_count = decisions_made(reader, *_period(where), where.recipe, MOST_DECISIONS)
    spc = spc_figures(reader, SpcQuestion(where, shifts=question.shifts))
    return ReportContents(
        question=question,
        yields=yield_figures(reader, where, question.shifts),
        streams=rollups.stream_spans(reader, scope),
        reasons=_reasons(reader, scope),
        sample=sample_figures(reader, SampleQuestion(where)),
        pareto=pareto(_by_label(reader, scope)),
        ng=next((chart for chart in spc.charts if chart.name == NG_SHARE), None),
        grouping=spc.grouping,
        decisions=decided,
        decision_count=decision_count,
        pictured=tuple(_pictured(reader, row) for row in _to_picture(reader, _asked(where))),
        chain_head=chain_head(reader),
        signed_head=newest_head(reader),
    )


def _period(where: HistoryFilter) -> tuple[int, int]:
    """In UTC ms, as far as there are any times."""
    return where.from_ms or 0, 1 << 50 if where.until_ms is None else where.until_ms


def _asked(where: HistoryFilter) -> HistoryFilter:
    """What of the filter the whole report applies."""
    return HistoryFilter(from_ms=where.from_ms, until_ms=where.until_ms, recipe=where.recipe, model=where.model)


def _reasons(reader: Records, scope: rollups.Scope) -> tuple[tuple[NoResultReason, int], ...]:
    counts = rollups.hour_reasons(reader, scope)
    return tuple((NoResultReason(reason), counts[reason]) for reason in sorted(counts, key=lambda r: (-counts[r], r)))


def _by_label(reader: Records, scope: rollups.Scope) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for found in rollups.findings(reader, scope):
        counts[found.label] += found.count
    return dict(counts)


def _to_picture(reader: Records, where: HistoryFilter) -> tuple[HistoryRow, ...]:
    """The newest rejected parts, and those on which people said otherwise than the station."""
    questions = (
        replace(where, verdict=VerdictKind.FAIL),
        replace(where, verdict=VerdictKind.REVIEW),
        replace(where, disposition=Disposition.FALSE_REJECT),
        replace(where, disposition=Disposition.MISSED_DEFECT),
    )
    found = {row.part_id: row for asked in questions for row in page(reader, asked, size=PICTURES)}
    return tuple(found[part_id] for part_id in sorted(found, reverse=True)[:PICTURES])


def _pictured(reader: Records, row: HistoryRow) -> PicturedPart:
    inspection = load_inspection(reader, row.part_id)
    standing_now = standing(override_entries(decisions(reader, row.part_id)))
    return PicturedPart(row, inspection.findings if inspection is not None else (), standing_now)


def _with_picture(archive: PartArchive, part: PicturedPart) -> PicturedPart:
    """Of several cameras the one that a person drew on, or whose finding is highest."""
    images = dict(archive.images(part.row.part_id))
    if part.standing is not None and part.standing.marks and part.standing.camera_id in images:
        return replace(part, camera_id=part.standing.camera_id, pixels=images[part.standing.camera_id])
    worst = max(part.findings, key=lambda finding: finding.score, default=None)
    camera_id = worst.camera_id if worst is not None and worst.camera_id in images else next(iter(images), "")
    return replace(part, camera_id=camera_id, pixels=images.get(camera_id))
