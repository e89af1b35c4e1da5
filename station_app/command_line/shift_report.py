"""`station-app report`: the report of a shift or any period as PDF; works without a display."""

import os
import sys
import time
from argparse import Namespace

from station_app import __version__
from station_app.app import Options, config_of
from station_app.command_line.arguments import data_dir_of
from station_app.command_line.export import NOT_AUDITED
from station_app.command_line.period import utc_ms
from station_app.core.history import HistoryFilter
from station_app.reports.scratch_file import ScratchFile
from station_app.store.archive import StationArchive


def run_report(arguments: Namespace) -> int:
    """Write the file; StationError where the records or the disk do not let it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from station_app.gui.application import make_application
    from station_app.gui.language import Language
    from station_app.gui.shift_report.contents import ReportQuestion, gather
    from station_app.gui.shift_report.pages import write_report

    folder = data_dir_of(arguments)
    config = config_of(Options(folder, config=arguments.config))
    question = ReportQuestion(
        where=_where(arguments),
        station=config.name,
        program=f"station-app {__version__}",
        made_by=arguments.by,
        made_at_ms=time.time_ns() // 1_000_000,
        shifts=config.shifts,
    )
    contents = gather(StationArchive(folder), question)
    spoken = Language(make_application())
    spoken.switch(arguments.language or config.language)
    with ScratchFile(arguments.out) as scratch:
        pages = write_report(scratch.path, contents)
        scratch.keep()
    parts = contents.yields.counts.triggers
    sys.stdout.write(f"{arguments.out}: {pages} pages about {parts} parts\n{NOT_AUDITED}\n")
    return 0


def _where(arguments: Namespace) -> HistoryFilter:
    since, until = utc_ms(arguments.since, "--from"), utc_ms(arguments.until, "--until")
    return HistoryFilter(from_ms=since, until_ms=until, recipe=arguments.recipe)
