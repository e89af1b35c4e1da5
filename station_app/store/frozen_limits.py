"""From which period the limits of a chart were frozen, by whom and why: appended, the newest holds."""

import sqlite3

from station_app.core.charts import FrozenLimits
from station_app.core.errors import StorageError
from station_app.store.text import storable

_REMEDY = "choose a period that ends after it begins, and say why"


def record_limits(connection: sqlite3.Connection, limits: FrozenLimits) -> None:
    """Append. StorageError for a period that is none, and without a reason."""
    if not limits.from_ms < limits.until_ms or not limits.reason.strip():
        raise StorageError("these limits cannot be frozen", where=limits.chart, remedy=_REMEDY)
    row = (limits.chart, limits.recipe, limits.from_ms, limits.until_ms, limits.reason, limits.frozen_by)
    connection.execute(
        "INSERT INTO frozen_limits (chart, recipe, from_ms, until_ms, reason, frozen_by, frozen_at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*(storable(value) if isinstance(value, str) else value for value in row), limits.frozen_at_ms),
    )


def standing_limits(reader: sqlite3.Connection, chart: str, recipe: str) -> FrozenLimits | None:
    """The latest of this chart and recipe, or None."""
    query = (
        "SELECT chart, recipe, from_ms, until_ms, reason, frozen_by, frozen_at_ms FROM frozen_limits"
        " WHERE chart = ? AND recipe = ? ORDER BY id DESC LIMIT 1"
    )
    row = reader.execute(query, (storable(chart), storable(recipe))).fetchone()
    return None if row is None else FrozenLimits(*row)
