"""`station-app export`: the history as CSV or workbook, and the signed evidence pack of one part."""

import sys
import time
from argparse import Namespace
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from station_app import __version__
from station_app.app import Options, config_of
from station_app.command_line.arguments import data_dir_of
from station_app.command_line.period import utc_ms
from station_app.core.errors import ConfigError
from station_app.core.history import HistoryFilter
from station_app.core.inspection import Disposition, NoResultReason, VerdictKind
from station_app.reports.about import About
from station_app.reports.csv_export import write_csv
from station_app.reports.evidence import gather_evidence
from station_app.reports.evidence_pack import PackLabel, Signer, write_pack
from station_app.reports.history_rows import history_rows
from station_app.reports.scratch_file import ScratchFile
from station_app.reports.xlsx_export import write_xlsx
from station_app.store.archive import StationArchive
from station_app.store.audit_links import chain_head
from station_app.store.station_key import load_or_create

E = TypeVar("E", bound=StrEnum)
_PROGRAM = f"station-app {__version__}"
NOT_AUDITED = "note: only an export at the screen is noted in the audit chain; this one is not"
"""The engine alone writes the chain, and it holds the folder."""


def run_export(arguments: Namespace) -> int:
    """Write the file; StationError where the records or the disk do not let it."""
    folder = data_dir_of(arguments)
    station = config_of(Options(folder, config=arguments.config)).name
    write = _write_pack if arguments.format == "pack" else _write_table
    with ScratchFile(arguments.out) as scratch:
        told = write(arguments, folder, station, scratch.path)
        sha256 = scratch.sha256()
        scratch.keep()
    sys.stdout.write(f"{arguments.out}: {told}\nsha256 {sha256}\n{NOT_AUDITED}\n")
    return 0


def _write_table(arguments: Namespace, folder: Path, station: str, path: Path) -> str:
    archive, where = StationArchive(folder), filter_of(arguments)
    about = About(station, _PROGRAM, arguments.by, _now_ms(), where, archive.read(chain_head))
    rows = history_rows(archive, where)
    if arguments.format == "xlsx":
        return f"{write_xlsx(rows, about, path)} parts"
    with path.open("wb") as stream:
        return f"{write_csv(rows, about, stream)} parts"


def _write_pack(arguments: Namespace, folder: Path, station: str, path: Path) -> str:
    if arguments.part < 1:
        raise ConfigError("an evidence pack is about one part", where="--part", remedy="say which: --part 4711")
    members = gather_evidence(StationArchive(folder), arguments.part)
    key = load_or_create(folder)
    label = PackLabel(station, _PROGRAM, arguments.part, arguments.by, _now_ms())
    write_pack(path, label, members, Signer(key.public_bytes, key.sign))
    return f"evidence of part {arguments.part}, signed with {key.public_bytes.hex()}"


def filter_of(arguments: Namespace) -> HistoryFilter:
    """What was typed, as the filter of the history. ConfigError where a word is none of those there are."""
    return HistoryFilter(
        from_ms=utc_ms(arguments.since, "--from"),
        until_ms=utc_ms(arguments.until, "--until"),
        recipe=arguments.recipe,
        verdict=_one_of(lambda text: VerdictKind(text.upper()), VerdictKind, arguments.verdict, "--verdict"),
        disposition=_one_of(Disposition, Disposition, arguments.decision, "--decision"),
        label=arguments.label,
        serial=arguments.serial,
        lot=arguments.lot,
        model=arguments.model,
        operator=arguments.operator,
        reason=_one_of(NoResultReason, NoResultReason, arguments.reason, "--reason"),
    )


def _one_of(read: Callable[[str], E], kind: type[E], text: str, option: str) -> E | None:
    if not text:
        return None
    try:
        return read(text)
    except ValueError as error:
        known = ", ".join(kind)
        raise ConfigError(f"there is no {text!r}", where=option, remedy=f"one of: {known}") from error


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
