"""Parts whose truth people have settled and whose images are stored: seeds, warm-up, and what is compared with."""

import sqlite3

from station_app.core.review import Answer
from station_app.quality.estimate import CannotSay
from station_app.quality.seeding import WarmUpImage, warm_up

NEWEST = 200
_WITH_IMAGE = "EXISTS (SELECT 1 FROM images m WHERE m.part_id = s.part_id AND m.state = 'stored')"


def known_bad(reader: sqlite3.Connection, size: int = NEWEST) -> tuple[int, ...]:
    """The newest parts that are settled BAD, of any recipe."""
    return _known(reader, Answer.BAD, size)


def known_of_recipe(reader: sqlite3.Connection, recipe: str, answer: Answer, size: int) -> tuple[int, ...]:
    """The newest parts of the recipe (every revision) that are settled so."""
    of_recipe = "s.recipe_id IN (SELECT id FROM recipes WHERE name = ?)"
    return _known(reader, answer, size, of_recipe, recipe)


def warm_up_of(reader: sqlite3.Connection, occasion: str) -> tuple[WarmUpImage, ...] | CannotSay:
    """Known images to warm up with, named by their part ids; `occasion` (a person and a shift, say) chooses which."""
    good, bad = (_known(reader, answer, NEWEST) for answer in (Answer.GOOD, Answer.BAD))
    return warm_up(occasion, tuple(map(str, good)), tuple(map(str, bad)))


def _known(reader: sqlite3.Connection, answer: Answer, size: int, where: str = "1", *values: object) -> tuple[int, ...]:
    # `where` comes from the constants above; every value is bound.
    query = (
        f"SELECT s.part_id FROM settled s WHERE s.answer = ? AND {where} AND {_WITH_IMAGE}"  # noqa: S608
        " ORDER BY s.part_id DESC LIMIT ?"
    )
    return tuple(row[0] for row in reader.execute(query, (answer, *values, size)))
