"""The model packages of a recipe, and whether they fit it: as it was found when the text was saved. GUI thread."""

from PySide6.QtWidgets import QWidget

from station_app.core.recipe_deeds import PackageReport
from station_app.gui.look import Look
from station_app.gui.recipes.field_page import FieldPage, is_of_model
from station_app.gui.recipes.row_table import Row


class ModelPage(FieldPage):
    """What the recipe asks for, then what was found."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, is_of_model, parent)

    def _more_rows(self) -> list[Row]:
        saved = self._state.saved
        if saved is None:
            return []
        note = [Row((self.tr("Checked when it is saved"), "", ""))] if self._state.is_dirty else []
        return [*note, *(row for report in saved.packages for row in self._report(report))]

    def _report(self, report: PackageReport) -> list[Row]:
        camera = report.camera_id
        found = f"{report.name} {report.version}".strip() or "–"
        rows = [
            Row((self.tr("{camera} · Package found").format(camera=camera), found, "")),
            Row((self.tr("{camera} · Its labels").format(camera=camera), ", ".join(report.labels) or "–", "")),
        ]
        check = self.tr("{camera} · Check").format(camera=camera)
        if not report.faults:
            return [*rows, Row((check, self.tr("Fits: hash, labels, input"), ""))]
        return [*rows, *(Row((check, fault, ""), is_marked=True) for fault in report.faults)]
