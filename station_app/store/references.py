"""References of cameras: one folder for each camera of each recipe, with a picture and a note for every reference.

`references/RECIPE/CAMERA/0003-2026-11-24T08-12-33Z.png` and the same with `.json`. The highest number holds; older ones
are kept. The note is written last and names the picture's hash: a reference is whole or is not there.
"""

import hashlib
import json
import re
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

import cv2
import numpy as np

from station_app.core.errors import StorageError
from station_app.core.inspection import ImageQuality, PixelFormat, Pixels
from station_app.core.reference import Reference, ReferenceNote, SetupSeen
from station_app.store.image_files import write_durably
from station_app.store.png import encode_png

REFERENCES = "references"
"""The folder in the data folder."""
SCHEMA = 1
_NOTE = re.compile(r"(\d{4,})-.*\.json")
_REMEDY = "save a new reference"


class ReferenceFiles:
    """The folder `references`. Saving and loading may come from any thread, saving from one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, note: ReferenceNote, pixels: Pixels) -> str:
        """Keep a reference so that it survives a power cut; the path of its picture. StorageError where the disk does
        not take it: then the one before holds."""
        folder = self._folder_of(note.recipe, note.camera_id)
        newest = self._newest(folder)
        number = 1 if newest is None else _number_of(newest) + 1
        seconds = time.gmtime(note.saved_at_ms / 1000)
        picture = folder / f"{number:04}-{time.strftime('%Y-%m-%dT%H-%M-%SZ', seconds)}.png"
        body = encode_png(pixels)
        try:
            write_durably(picture, body)
            write_durably(picture.with_suffix(".json"), _encoded(note, picture.name, body))
        except OSError as error:
            remedy = "make room on the disk, or give this user the right to write there"
            what = f"the reference cannot be stored: {error.strerror}"
            raise StorageError(what, where=str(folder), remedy=remedy) from error
        return str(picture)

    def load(self, recipe: str, camera_id: str) -> Reference | None:
        """The reference that holds, None where none was saved. StorageError where it is damaged."""
        newest = self._newest(self._folder_of(recipe, camera_id))
        return None if newest is None else _read(newest)

    def _folder_of(self, recipe: str, camera_id: str) -> Path:
        return self._folder / _plain(recipe) / _plain(camera_id)

    @staticmethod
    def _newest(folder: Path) -> Path | None:
        try:
            notes = [path for path in folder.iterdir() if _NOTE.fullmatch(path.name)]
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            what = f"the references cannot be read: {error.strerror}"
            raise StorageError(what, where=str(folder), remedy="give this user the right to read there") from error
        return max(notes, key=_number_of, default=None)


def _number_of(note: Path) -> int:
    match = _NOTE.fullmatch(note.name)
    return int(match.group(1)) if match else 0


def _plain(name: str) -> str:
    """A name as one part of a path, whatever it is made of."""
    return quote(name, safe=" ").replace(".", "%2E") if set(name) <= {"."} else quote(name, safe=" ")


def _encoded(note: ReferenceNote, picture: str, body: bytes) -> bytes:
    table = {"schema": SCHEMA, "picture": picture, "sha256": hashlib.sha256(body).hexdigest(), **asdict(note)}
    table["seen"] = {**asdict(note.seen), "quality": note.seen.quality._asdict()}
    return json.dumps(table, indent=1, ensure_ascii=False).encode()


def _read(path: Path) -> Reference:
    """The reference of this note. StorageError where it is damaged."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        note = _decoded(table)
        picture = path.with_name(Path(str(table["picture"])).name)
        body = picture.read_bytes()
        is_its_own = hashlib.sha256(body).hexdigest() == table["sha256"]
    except OSError as error:
        what = f"the reference cannot be read: {error.strerror}"
        raise StorageError(what, where=str(path), remedy=_REMEDY) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StorageError("the reference is damaged (note)", where=str(path), remedy=_REMEDY) from error
    if not is_its_own:
        raise StorageError("the reference is damaged (hash)", where=str(picture), remedy=_REMEDY)
    return Reference(note, str(picture), _pixels(body, picture))


def _decoded(table: Mapping[str, object]) -> ReferenceNote:
    """ValueError, KeyError or TypeError where the table is no note."""
    if table["schema"] != SCHEMA:
        raise ValueError(f"schema {table['schema']!r}")
    seen = table["seen"]
    if not isinstance(seen, dict):
        raise TypeError("no measures")
    quality = ImageQuality(**{name: float(value) for name, value in seen["quality"].items()})
    settings = tuple((str(name), float(value)) for name, value in seen["settings"])
    return ReferenceNote(
        recipe=str(table["recipe"]),
        recipe_revision=int(str(table["recipe_revision"])),
        camera_id=str(table["camera_id"]),
        operator=str(table["operator"]),
        saved_at_ms=int(str(table["saved_at_ms"])),
        pixel_format=PixelFormat(str(table["pixel_format"])),
        seen=SetupSeen(quality, tuple(float(share) for share in seen["histogram"]), settings),
    )


def _pixels(body: bytes, picture: Path) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise StorageError("the reference is damaged (picture)", where=str(picture), remedy=_REMEDY)
    return np.asarray(pixels, np.uint8)
