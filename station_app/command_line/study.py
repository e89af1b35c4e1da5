"""`station-app study`: agreement studies, listed and printed without the screen. Nothing is changed."""

import sys
from argparse import Namespace
from pathlib import Path

from station_app.command_line.arguments import data_dir_of
from station_app.core.study import AppraiserProgress, StudySummary
from station_app.store.archive import StationArchive
from station_app.store.studies import studies


def run_study(arguments: Namespace) -> int:
    """Print the list, or write a report. StorageError where there is no such study, or the file cannot be written."""
    archive = StationArchive(data_dir_of(arguments))
    if arguments.act == "list":
        sys.stdout.write("".join(f"{_row(study)}\n" for study in archive.read(studies)))
        return 0
    out: Path = arguments.out
    # Qt is loaded for the report alone.
    from station_app.gui.paper.study_print import print_study

    print_study(archive, arguments.number, out, arguments.language)
    sys.stdout.write(f"{out}\n")
    return 0


def _row(study: StudySummary) -> str:
    state = "open" if study.closing is None else "closed"
    answered = f"{study.answered}/{study.showings} answered"
    parts = f"{study.parts} parts, {study.bad_parts} bad, {study.trials} trials"
    people = ", ".join(map(_progress, study.progress))
    return f"{study.study_id:>4}  {state:<6}  {study.title}: {parts}; {answered} ({people})"


def _progress(entry: AppraiserProgress) -> str:
    with_model = " + model" if entry.appraiser.sees_model else ""
    return f"{entry.appraiser.person}{with_model} {entry.answered}/{entry.showings}"
