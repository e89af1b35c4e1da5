"""The blind sample in figures: counts by stratum that are kept with every record and every review."""

import sqlite3

from station_app.quality.strata import Stratum

QUARTER_MS = 900_000


def strata(
    reader: sqlite3.Connection, from_ms: int, until_ms: int, recipe: str, *, is_rejected: bool
) -> tuple[Stratum, ...]:
    """The strata of the parts told OK (events are bad parts), or of those told NG or REVIEW (events are good parts).

    Whole quarters of an hour, UTC: the one with `from_ms` in it until the one before or with `until_ms` - 1 in it.
    `recipe` is a name, all revisions together; "" for all recipes. Parts drawn with different probabilities are strata
    of their own. Far from the threshold first.
    """
    query = (
        "SELECT sum(parts), sum(drawn), sum(reviewed), sum(found), probability FROM sample_counts"
        " WHERE quarter >= ? AND quarter < ? AND is_rejected = ?"
        " AND (?4 = '' OR recipe_id IN (SELECT id FROM recipes WHERE name = ?4))"
        " GROUP BY stratum, probability ORDER BY stratum, probability"
    )
    until = -(-until_ms // QUARTER_MS)
    rows = reader.execute(query, (from_ms // QUARTER_MS, until, is_rejected, recipe))
    return tuple(Stratum(*row) for row in rows)
