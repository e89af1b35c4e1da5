"""`station-app cameras`: every camera that answers now, with the text that names it in the station's file."""

import sys
from argparse import Namespace

from station_app.devices.search import Answer, FoundCamera, search


def run_cameras(arguments: Namespace) -> int:
    """Print them as they answer. 0 also where none does: that is an answer."""
    for answer in search():
        sys.stdout.write(f"{_told(answer)}\n")
        sys.stdout.flush()
    return 0


def _told(answer: Answer) -> str:
    if answer.problem:
        return f"{answer.asked}\n  {answer.problem} -> {answer.remedy}"
    lines = [_line(camera) for camera in answer.cameras] or ["  no camera answers"]
    return "\n".join((answer.asked, *lines))


def _line(camera: FoundCamera) -> str:
    serial = f"serial {camera.serial}" if camera.serial else "no serial number"
    return f"  {camera.source:44} {serial}, {camera.model or 'no model'}"
