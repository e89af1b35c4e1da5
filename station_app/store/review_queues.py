"""The queues of the review screen, for one reviewer. Read-only; every question is answered by an index.

The blind queue has a random order that nobody can foresee, the others begin with the oldest part, but for parts near
a threshold and parts without a result: of these the newest come first, since nobody works through all of them.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator

from station_app.core.review import Queue, QueueCount, QueuedPart
from station_app.quality.seeding import least_shown
from station_app.store.known_parts import known_bad
from station_app.store.seeds import seed_name, seed_parts
from station_app.store.text import storable

_NOT_BARRED = (
    "NOT EXISTS (SELECT 1 FROM barred b WHERE b.queue = w.queue AND b.person = :person AND b.part_id = w.part_id)"
)
_SEEDED_AHEAD = 500
"""Places for known-bad images that are looked ahead: more than anybody answers between two questions."""


def queue_counts(reader: sqlite3.Connection, reviewer: str) -> tuple[QueueCount, ...]:
    """Every queue, in the order of `Queue`. Known-bad images are not counted."""
    sizes = dict(reader.execute("SELECT queue, waiting FROM queue_sizes").fetchall())
    barred = dict(
        reader.execute("SELECT queue, count(*) FROM barred WHERE person = ? GROUP BY queue", (storable(reviewer),))
    )
    return tuple(
        QueueCount(queue, sizes.get(queue, 0) - barred.get(queue, 0), _oldest_ms(reader, queue, reviewer))
        for queue in Queue
    )


def queue_page(
    reader: sqlite3.Connection, queue: Queue, reviewer: str, after: QueuedPart | None = None, size: int = 50
) -> tuple[QueuedPart, ...]:
    """The next parts for this reviewer, behind `after` (keyset paging), with known-bad images in the blind queue."""
    seeds = _seeds(reader, reviewer) if queue is Queue.BLIND else {}
    entries: list[QueuedPart] = []
    for part_id, at_ms, recipe in _waiting(reader, queue, reviewer, after, size):
        seed = seeds.get(part_id, "")
        if seed and not _is_at(after, seed):
            shown, _ = seed_parts(seed)
            entries.append(QueuedPart(shown, at_ms, queue, recipe, _cameras(reader, shown), seed))
        entries.append(QueuedPart(part_id, at_ms, queue, recipe, _cameras(reader, part_id)))
    return tuple(entries[:size])


def _waiting(
    reader: sqlite3.Connection, queue: Queue, reviewer: str, after: QueuedPart | None, size: int
) -> Iterator[tuple[int, int, str]]:
    rank = -(2**62) if after is None else _rank(reader, queue, after)
    comparison = ">=" if after is not None and after.seed else ">"
    query = (
        "SELECT w.part_id, w.inspected_at_ms, r.name FROM waiting w JOIN inspections i ON i.part_id = w.part_id"  # noqa: S608 - constants
        f" JOIN recipes r ON r.id = i.recipe_id WHERE w.queue = :queue AND w.rank {comparison} :rank AND {_NOT_BARRED}"
        " ORDER BY w.rank LIMIT :size"
    )
    yield from reader.execute(query, {"queue": queue, "rank": rank, "person": storable(reviewer), "size": size})


def _rank(reader: sqlite3.Connection, queue: Queue, after: QueuedPart) -> int:
    part_id = seed_parts(after.seed)[1] if after.seed else after.part_id
    if queue is not Queue.BLIND:
        return rank_of(queue, part_id)
    row = reader.execute("SELECT rank FROM samples WHERE part_id = ?", (part_id,)).fetchone()
    return -(2**62) if row is None else int(row[0])


def rank_of(queue: Queue, part_id: int) -> int:
    """The place of a part in every queue but the blind one."""
    return -part_id if queue in (Queue.NEAR, Queue.NO_RESULT) else part_id


def _is_at(after: QueuedPart | None, seed: str) -> bool:
    """Whether this known-bad image's place was the last of the page before."""
    return after is not None and bool(after.seed) and seed_parts(after.seed)[1] == seed_parts(seed)[1]


def _seeds(reader: sqlite3.Connection, reviewer: str) -> dict[int, str]:
    """The known-bad image before each part that has one, until this reviewer has answered it."""
    person = storable(reviewer)
    rows = reader.execute("SELECT seed FROM reviews WHERE reviewer = ? AND seed <> ''", (person,))
    answered = [seed_parts(row[0]) for row in rows]
    names = known_bad(reader)
    if not names:
        return {}
    shown = Counter(str(part_id) for part_id, _ in answered)
    done = {place for _, place in answered}
    supply = least_shown(reviewer, map(str, names), shown)
    query = (
        "SELECT w.part_id FROM waiting w WHERE w.queue = 'blind' AND w.is_seeded = 1"  # noqa: S608 - constants
        f" AND {_NOT_BARRED} ORDER BY w.rank LIMIT {_SEEDED_AHEAD}"
    )
    places = [row[0] for row in reader.execute(query, {"person": person}) if row[0] not in done]
    return {place: seed_name(int(supply[n % len(supply)]), place) for n, place in enumerate(places)}


def _oldest_ms(reader: sqlite3.Connection, queue: Queue, reviewer: str) -> int | None:
    query = (
        "SELECT w.inspected_at_ms FROM waiting w INDEXED BY waiting_since WHERE w.queue = :queue"  # noqa: S608 - constants
        f" AND {_NOT_BARRED} ORDER BY w.inspected_at_ms LIMIT 1"
    )
    row = reader.execute(query, {"queue": queue, "person": storable(reviewer)}).fetchone()
    return None if row is None else int(row[0])


def _cameras(reader: sqlite3.Connection, part_id: int) -> tuple[str, ...]:
    query = "SELECT camera_id FROM images WHERE part_id = ? AND state = 'stored' ORDER BY camera_id"
    return tuple(row[0] for row in reader.execute(query, (part_id,)))
