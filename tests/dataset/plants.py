"""Plants whose records make a dataset with a bit of everything."""

from pathlib import Path

from station_app.dataset.materialise import Materialised, materialise
from station_app.dataset.options import DatasetOptions, Profile
from station_app.sync.folder_remote import FolderRemote
from tests.dataset.events import Part, Station, finding, picture

BOX = {"label": "scratch", "camera": "top", "box": [5, 6, 20, 10]}
POLYGON = {"label": "dent", "camera": "top", "polygon": [[10, 10], [30, 10], [30, 30], [10, 30]]}
BRUSH = {"label": "dent", "camera": "top", "brush": {"box": [40, 20, 4, 3], "runs": [1, 2, 2, 2, 2, 2, 1]}}
PARTS = 120


def agreed(part: Part, answer: str, **changes: object) -> None:
    """Two reviewers say the same; the first one draws."""
    part.review(answer, "op_r", **changes)
    part.review(answer, "op_q", **({"label": changes["label"]} if "label" in changes else {}))


def mixed_plant() -> Station:
    """120 parts in turn: good, boxed, drawn with a polygon and a brush, agreed with the model, and good with a false
    alarm of the model."""
    station = Station()
    for number in range(1, PARTS + 1):
        if number % 5 == 0:
            agreed(station.part(number, "PASS", probability=0.1), "good")
        elif number % 5 == 1:
            agreed(station.part(number), "bad", label="scratch", drawn=[BOX])
        elif number % 5 == 2:
            colour = picture(number, is_colour=True)
            agreed(station.part(number, pixels=colour), "bad", label="dent", drawn=[POLYGON, BRUSH])
        elif number % 5 == 3:
            part = station.part(number, label="missing hole", findings=[finding("missing hole", (50, 30, 30, 30))])
            part.decide("agree", "op_a")
            part.review("bad", "op_r")
        else:
            agreed(station.part(number, "FAIL"), "good")
    return station


def made(folder: Path, station: Station, profile: Profile = Profile.SUPERVISED, name: str = "out") -> Materialised:
    """The plant's dataset at `folder`/`name`."""
    station.send(folder / "store")
    options = DatasetOptions(folder / name, profile)
    return materialise(FolderRemote(folder / "store"), options, lambda *_: None)
