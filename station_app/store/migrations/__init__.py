"""The schema, as numbered migrations. Each runs in one transaction together with the note that it ran.

Imported only where a migration may be due: sqlite-utils costs a second of start-up that a running station saves. They
are applied in the order in which their modules are imported here.
"""

from sqlite_utils import Database as Tables

from station_app.store.migrations.registry import migrations

# isort: off
from station_app.store.migrations import records
from station_app.store.migrations import people
from station_app.store.migrations import history
from station_app.store.migrations import reviews
from station_app.store.migrations import recipes
from station_app.store.migrations import studies
from station_app.store.migrations import rollups
from station_app.store.migrations import open_hours
from station_app.store.migrations import marker_notes
from station_app.store.migrations import outbox
from station_app.store.migrations import placements
from station_app.store.migrations import models
from station_app.store.migrations import shadow
# isort: on

__all__ = ["APPEND_ONLY", "migrations", "names", "open_hours"]

APPEND_ONLY = (
    *records.APPEND_ONLY,
    *people.APPEND_ONLY,
    *history.APPEND_ONLY,
    *reviews.APPEND_ONLY,
    *recipes.APPEND_ONLY,
    *studies.APPEND_ONLY,
    *rollups.APPEND_ONLY,
    *marker_notes.APPEND_ONLY,
    *outbox.APPEND_ONLY,
    *placements.APPEND_ONLY,
    *models.APPEND_ONLY,
    *shadow.APPEND_ONLY,
)
"""Tables in which a record is never changed and never erased; triggers refuse both."""


def names() -> tuple[str, ...]:
    """Every migration that this program knows, in order."""
    tables = Tables(memory=True)
    known = tuple(migration.name for migration in migrations.pending(tables))
    tables.close()
    return known
