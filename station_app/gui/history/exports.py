"""What can be taken out of the history, as one table: the screen shows a button for each entry, and none where there is
no entry. What an export does is loaded when the first one is tapped. GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from station_app.core.history import HistoryFilter
from station_app.gui.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from station_app.gui.exporting.desk import ExportDesk


@dataclass(frozen=True, slots=True)
class ExportScope:
    """What is seen when the button is tapped: the parts of a filter, or one part of it with its serial number."""

    where: HistoryFilter
    part_id: int | None = None
    serial: str = ""


@dataclass(frozen=True, slots=True)
class ExportAction:
    """`caption` is in English, marked for translation in the context `Export`; `begin` returns at once: what takes time
    is done elsewhere."""

    caption: str
    begin: Callable[["ExportDesk", ExportScope], None]


def _csv(desk: "ExportDesk", scope: ExportScope) -> None:
    from station_app.gui.exporting.tasks import csv_task

    desk.begin(csv_task, scope)


def _xlsx(desk: "ExportDesk", scope: ExportScope) -> None:
    from station_app.gui.exporting.tasks import xlsx_task

    desk.begin(xlsx_task, scope)


def _report(desk: "ExportDesk", scope: ExportScope) -> None:
    from station_app.gui.exporting.tasks import report_task

    desk.begin(report_task, scope)


def _pack(desk: "ExportDesk", scope: ExportScope) -> None:
    from station_app.gui.exporting.tasks import pack_task

    desk.begin(pack_task, scope)


LIST_EXPORTS: tuple[ExportAction, ...] = (
    ExportAction(QT_TRANSLATE_NOOP("Export", "CSV"), _csv),
    ExportAction(QT_TRANSLATE_NOOP("Export", "Workbook"), _xlsx),
    ExportAction(QT_TRANSLATE_NOOP("Export", "Shift report"), _report),
)
"""Below the table, about all parts of the filter."""

PART_EXPORTS: tuple[ExportAction, ...] = (ExportAction(QT_TRANSLATE_NOOP("Export", "Evidence pack"), _pack),)
"""Below a part's detail, about this part."""
