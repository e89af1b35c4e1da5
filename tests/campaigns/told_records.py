"""What a campaign asks of the station's records, read-only, to see that a step really happened."""

import sqlite3
from contextlib import closing
from pathlib import Path

from station_app.store.ledger import DATABASE


class Records:
    """The records of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / DATABASE

    def _ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        if not self._file.exists():
            return []
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as reader:
            return reader.execute(question, values).fetchall()

    def roles(self) -> dict[str, str]:
        """The role of every account."""
        rows = self._ask("SELECT name, role FROM people_changes ORDER BY id")
        return {str(name): str(role) for name, role in rows}

    def part_of(self, serial: str) -> tuple[int, str] | None:
        """Number and verdict of the part with this serial number."""
        rows = self._ask("SELECT part_id, verdict FROM inspections WHERE serial = ?", serial)
        return (int(str(rows[0][0])), str(rows[0][1])) if rows else None

    def decisions(self, part_id: int) -> list[tuple[str, str, str]]:
        """Who decided what about a part, and why."""
        rows = self._ask("SELECT operator, disposition, reason FROM overrides WHERE part_id = ?", part_id)
        return [(str(who), str(what), str(why)) for who, what, why in rows]

    def waiting(self) -> int:
        """How many parts wait for a blind review."""
        rows = self._ask("SELECT waiting FROM queue_sizes WHERE queue = 'blind'")
        return int(str(rows[0][0])) if rows else 0

    def reviews(self, who: str) -> list[tuple[str, str]]:
        """Answer and drawing of every blind review of this person, in their order."""
        question = "SELECT answer, drawn FROM reviews WHERE reviewer = ? AND is_blind = 1 ORDER BY id"
        return [(str(answer), str(drawn)) for answer, drawn in self._ask(question, who)]

    def parts(self) -> int:
        rows = self._ask("SELECT count(*) FROM inspections")
        return int(str(rows[0][0])) if rows else 0

    def audited(self, action: str) -> int:
        """How many acts of this kind the audit holds."""
        rows = self._ask("SELECT count(*) FROM audit WHERE action = ?", action)
        return int(str(rows[0][0]))
