"""What can be taken out of the history, as one table: the screen shows a button for each entry, and none where there is
no entry. GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass

from station_app.core.history import HistoryFilter
from station_app.gui.page_makers import PageTools


@dataclass(frozen=True, slots=True)
class ExportScope:
    """What is seen when the button is tapped: the parts of a filter, or one part of it."""

    where: HistoryFilter
    part_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExportAction:
    """`caption` is in English, marked for translation in the context `Export`; `begin` returns at once: what takes time
    is done elsewhere."""

    caption: str
    begin: Callable[[PageTools, ExportScope], None]


LIST_EXPORTS: tuple[ExportAction, ...] = ()
"""Below the table, about all parts of the filter."""

PART_EXPORTS: tuple[ExportAction, ...] = ()
"""Below a part's detail, about this part."""
