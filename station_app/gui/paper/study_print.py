"""Prints a study's report where no window is open. It becomes the GUI thread of its process."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from station_app.gui.faces import load_faces
from station_app.gui.language import Language
from station_app.gui.link import PartArchive
from station_app.gui.paper.study_paper import PaperStudy, write_study
from station_app.gui.studies.questions import ask_report


def print_study(archive: PartArchive, study_id: int, path: Path, language: str) -> None:
    """Write the PDF. StorageError where there is no such study, or the file cannot be written."""
    read = ask_report(study_id, archive)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    load_faces()
    spoken = Language(application)
    spoken.switch(language)
    try:
        write_study(path, PaperStudy(read.report, read.pictures, "", time.time_ns() // 1_000_000))
    finally:
        spoken.switch("en")
