"""Where an export goes: Qt's own dialogue in the station's look, with targets for gloves. No portal, no desktop needed.

GUI thread.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDir, QSize, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from station_app.gui import lettering
from station_app.gui.exporting.folders import first_folder
from station_app.gui.exporting.names import free_name
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.palette import palette_of

if TYPE_CHECKING:
    from station_app.gui.exporting.tasks import ExportTask

_ROW_MM, _ICON_MM, _LETTER_MM, _SIZE_MM = 10.0, 6.0, 2.8, (230.0, 140.0)
_KINDS = {
    ".csv": QT_TRANSLATE_NOOP("Export", "Table (*.csv)"),
    ".xlsx": QT_TRANSLATE_NOOP("Export", "Workbook (*.xlsx)"),
    ".pdf": QT_TRANSLATE_NOOP("Export", "Report (*.pdf)"),
    ".zip": QT_TRANSLATE_NOOP("Export", "Evidence pack (*.zip)"),
}


class SaveDialogue(QFileDialog):
    """`path_chosen` carries the task and the path; nothing comes where somebody thinks better of it. It asks before an
    older file goes. `open` does not wait."""

    path_chosen = Signal(object, object)

    def __init__(self, task: "ExportTask", configured: Path | None, parent: QWidget, look: Look) -> None:
        super().__init__(parent)
        self._task = task
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setOption(QFileDialog.Option.HideNameFilterDetails, on=False)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setFileMode(QFileDialog.FileMode.AnyFile)
        self.setViewMode(QFileDialog.ViewMode.List)
        self.setFilter(QDir.Filter.AllDirs | QDir.Filter.Files | QDir.Filter.Drives | QDir.Filter.NoDotAndDotDot)
        folder = first_folder(configured)
        self._set_words(task)
        self.setDefaultSuffix(task.ending.removeprefix("."))
        self.setSidebarUrls([QUrl.fromLocalFile(str(place)) for place in _places(folder)])
        self.setDirectory(str(folder))
        self.selectFile(free_name(folder, task.name, task.ending).name)
        self._set_look(look, parent.size())
        self.fileSelected.connect(self._on_selected)

    def _set_words(self, task: "ExportTask") -> None:
        translate, label = QCoreApplication.translate, QFileDialog.DialogLabel
        self.setWindowTitle(translate("Export", "Export"))
        self.setNameFilter(translate("Export", _KINDS[task.ending]))
        self.setLabelText(label.LookIn, translate("Export", "Folder"))
        self.setLabelText(label.FileName, translate("Export", "File name"))
        self.setLabelText(label.FileType, translate("Export", "Kind of file"))
        self.setLabelText(label.Accept, translate("Export", "Export"))
        self.setLabelText(label.Reject, translate("Export", "Cancel"))

    def _set_look(self, look: Look, room: QSize) -> None:
        px = look.mm.px
        self.setPalette(palette_of(look.theme))
        self.setFont(lettering.font(look.mm.font_px(_LETTER_MM)))
        row, icon, theme = px(_ROW_MM), px(_ICON_MM), look.theme
        self.setStyleSheet(
            f"QFileDialog {{ background: {theme.background}; border: {px(0.5)}px solid {theme.ink}; }}"
            f" QLineEdit, QComboBox, QAbstractItemView {{ background: {theme.face}; color: {theme.ink};"
            f" selection-background-color: {theme.ink}; selection-color: {theme.background}; }}"
            f" QListView::item, QTreeView::item {{ min-height: {row}px; }}"
            f" QAbstractItemView {{ icon-size: {icon}px; }}"
            f" QLineEdit, QComboBox, QPushButton {{ min-height: {row}px; }}"
            f" QPushButton {{ min-width: {px(26)}px; }}"
            f" QToolButton {{ min-width: {row}px; min-height: {row}px; icon-size: {icon}px; }}"
        )
        self.resize(min(px(_SIZE_MM[0]), room.width()), min(px(_SIZE_MM[1]), room.height()))

    @Slot(str)
    def _on_selected(self, path: str) -> None:
        self.path_chosen.emit(self._task, Path(path))


def _places(folder: Path) -> tuple[Path, ...]:
    """The proposed folder, the desktop and the home: what people look for."""
    desktop = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
    found = (folder, Path(desktop) if desktop else folder, Path.home())
    return tuple(dict.fromkeys(place for place in found if place.is_dir()))
