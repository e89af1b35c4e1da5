"""Where the migrations are written down, and what they share."""

from sqlite_utils import Database as Tables
from sqlite_utils.migrations import Migrations

migrations = Migrations("station")


def refuse_changes(tables: Tables, names: tuple[str, ...]) -> None:
    """Make tables append-only: triggers refuse to change and to erase their rows."""
    for table in names:
        for verb in ("UPDATE", "DELETE"):
            tables.conn.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
