"""The four kinds of export: how each is called, and how it is written. Made on the GUI thread, written on another."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from functools import partial
from pathlib import Path

from station_app.core.history import HistoryFilter, HistoryRow
from station_app.gui.exporting.names import part_name, proposed_name
from station_app.gui.link import PartArchive
from station_app.gui.shift_report.contents import ReportQuestion, gather
from station_app.gui.shift_report.pages import write_report
from station_app.reports.about import About, filter_lines
from station_app.reports.csv_export import write_csv
from station_app.reports.evidence import gather_evidence
from station_app.reports.evidence_pack import PackLabel, Signer, write_pack
from station_app.reports.history_rows import history_rows
from station_app.reports.xlsx_export import write_xlsx
from station_app.store.audit_links import chain_head

Watch = Callable[[int], None]
"""Told how many parts are written so far; it may raise to end the writing."""
_TOLD_EVERY = 250


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be taken out, by whom and when. `part_id` is None where it is about the whole filter."""

    where: HistoryFilter
    part_id: int | None
    serial: str
    station: str
    program: str
    made_by: str
    made_at_ms: int
    shifts: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class ExportTask:
    """One file to be written. `write` gives how many parts are in it; `kind` is its format in the audit chain."""

    kind: str
    ending: str
    name: str
    subject: str
    where: str
    write: Callable[[PartArchive, Path, Watch], int]


def csv_task(asked: Asked) -> ExportTask:
    return ExportTask(
        "csv", ".csv", _history_name(asked), "history", filter_words(asked.where), partial(_write_csv, asked)
    )


def xlsx_task(asked: Asked) -> ExportTask:
    name, words = _history_name(asked), filter_words(asked.where)
    return ExportTask("xlsx", ".xlsx", name, "history", words, partial(_write_xlsx, asked))


def _history_name(asked: Asked) -> str:
    return proposed_name(asked.station, "history", asked.where, asked.made_at_ms)


def report_task(asked: Asked) -> ExportTask:
    name = proposed_name(asked.station, "shift_report", asked.where, asked.made_at_ms)
    return ExportTask("pdf", ".pdf", name, "history", filter_words(asked.where), partial(_write_report, asked))


def pack_task(asked: Asked) -> ExportTask:
    """Of the part that is asked for."""
    part_id = asked.part_id or 0
    name = part_name(asked.station, part_id, asked.serial)
    return ExportTask("evidence pack", ".zip", name, f"part {part_id}", "", partial(_write_pack, asked))


def filter_words(where: HistoryFilter) -> str:
    """What is set, in one line, as the audit chain keeps it."""
    return ", ".join(f"{name} {value}" for name, value in filter_lines(where))


def _write_csv(asked: Asked, archive: PartArchive, path: Path, watch: Watch) -> int:
    with path.open("wb") as stream:
        return write_csv(_watched(history_rows(archive, asked.where), watch), _about(asked, archive), stream)


def _write_xlsx(asked: Asked, archive: PartArchive, path: Path, watch: Watch) -> int:
    return write_xlsx(_watched(history_rows(archive, asked.where), watch), _about(asked, archive), path)


def _about(asked: Asked, archive: PartArchive) -> About:
    head = archive.read(chain_head)
    return About(asked.station, asked.program, asked.made_by, asked.made_at_ms, asked.where, head)


def _watched(rows: Iterable[HistoryRow], watch: Watch) -> Iterator[HistoryRow]:
    for number, row in enumerate(rows):
        if number % _TOLD_EVERY == 0:
            watch(number)
        yield row


def _write_report(asked: Asked, archive: PartArchive, path: Path, watch: Watch) -> int:
    question = ReportQuestion(asked.where, asked.station, asked.program, asked.made_by, asked.made_at_ms, asked.shifts)
    contents = gather(archive, question)
    watch(contents.yields.counts.triggers)
    write_report(path, contents)
    return contents.yields.counts.triggers


def _write_pack(asked: Asked, archive: PartArchive, path: Path, watch: Watch) -> int:
    key = archive.signing_key()
    members = gather_evidence(archive, asked.part_id or 0)
    watch(1)
    label = PackLabel(asked.station, asked.program, asked.part_id or 0, asked.made_by, asked.made_at_ms)
    write_pack(path, label, members, Signer(key.public_bytes, key.sign))
    return 1
