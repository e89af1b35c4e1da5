"""Names of known-bad images that stand in the blind queue: which archived part is shown, and before which part.

The place belongs to the name so that an answered one does not come back while its place is still there.
"""

import re
import sqlite3

from station_app.core.errors import StorageError

_NAME = re.compile(r"([1-9][0-9]{0,18})@([1-9][0-9]{0,18})")


def seed_name(part_id: int, place: int) -> str:
    """The archived part `part_id`, shown before the part `place`."""
    return f"{part_id}@{place}"


def seed_parts(name: str) -> tuple[int, int]:
    """The archived part and the part before which it stands. StorageError where it is no such name."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise StorageError("there is no such known-bad image", where=name, remedy="choose the next part")
    return int(found[1]), int(found[2])


def check_seed(reader: sqlite3.Connection, name: str, reviewer: str) -> None:
    """StorageError unless this is a known-bad image at a drawn part's place, unanswered by this person."""
    part_id, place = seed_parts(name)
    known = reader.execute("SELECT 1 FROM settled WHERE part_id = ? AND answer = 'bad'", (part_id,)).fetchone()
    drawn = reader.execute("SELECT 1 FROM samples WHERE part_id = ? AND is_seeded = 1", (place,)).fetchone()
    if known is None or drawn is None:
        raise StorageError("there is no such known-bad image", where=name, remedy="choose the next part")
    query = "SELECT 1 FROM reviews WHERE reviewer = ? AND seed = ?"
    if reader.execute(query, (reviewer, name)).fetchone() is not None:
        raise StorageError("you have answered this one already", where=name, remedy="choose the next part")
