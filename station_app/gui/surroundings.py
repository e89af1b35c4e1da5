"""What the program that opens the window knows and the screens need: where exports go, and how to start it again."""

from dataclasses import dataclass
from pathlib import Path

from station_app.gui.own_program import OwnProgram


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`export_folder` is the station file's own, None where it names none; `program` is None where nothing can be
    started beside the window."""

    export_folder: Path | None = None
    program: OwnProgram | None = None
