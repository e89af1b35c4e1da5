"""The limits of a usable image of one camera, and what its good parts teach. GUI thread."""

from dataclasses import fields

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.errors import ConfigError
from station_app.core.quality_teaching import LEAST_PARTS, SIGMAS, Taught, with_limit
from station_app.core.recipe import QualityLimits
from station_app.core.recipe_edit import with_quality
from station_app.gui.look import Look
from station_app.gui.recipes.recipe_words import field_name
from station_app.gui.recipes.recipes_state import RecipesState
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.recipes.step_page import StepPage
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_SHARES = (0.4, 0.2, 0.2, 0.2)
_NAMES = tuple(field.name for field in fields(QualityLimits))
_NOW = 1
_BUTTON_MM, _NOTE_MM, _GAP_MM = 11.0, 14.0, 1.5


class QualityPage(StepPage):
    """`teach_asked` asks for the image quality of the camera's good parts."""

    teach_asked = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = RecipesState()
        self.table, self.note = RowTable(look, _SHARES, self), WhyPane(look, self)
        self.teach, self.take = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.table.written.connect(self._on_written)
        self.teach.tapped.connect(self.teach_asked)
        self.take.tapped.connect(self._on_take)
        for button in (self.teach, self.take):
            button.set_letters(3.0)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.table, self.note, self.teach, self.take):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.show_state(self._state)

    def show_state(self, state: RecipesState) -> None:
        self._state = state
        now, active, taught = self._limits(), self._active_limits(), state.taught
        heads = (self.tr("Limit"), self.tr("Value"), self.tr("Active"), self.tr("Taught"))
        self.table.show_rows(heads, [self._row(name, now, active, taught) for name in _NAMES] if now else [])
        self.teach.set_caption(self.tr("Teach from good parts"))
        self.teach.setEnabled(now is not None)
        self.take.set_caption(self.tr("Take what was taught"))
        self.take.setEnabled(state.is_editing and taught is not None and taught.limits != now)
        self.note.say(self._words(), is_warning=state.too_few)

    def _limits(self) -> QualityLimits | None:
        recipe = self._state.recipe
        return recipe.camera(self._state.shown_camera).quality if recipe is not None else None

    def _active_limits(self) -> QualityLimits | None:
        active, camera = self._state.active, self._state.shown_camera
        setups = active.cameras if active is not None else ()
        return next((setup.quality for setup in setups if setup.camera_id == camera), None)

    def _row(self, name: str, now: QualityLimits, active: QualityLimits | None, taught: Taught | None) -> Row:
        before = _text(active, name)
        cells = (field_name(name), _text(now, name), before, _text(taught.limits if taught else None, name))
        editable = (_NOW,) if self._state.is_editing else ()
        return Row(cells, is_marked=active is not None and cells[_NOW] != before, editable=editable)

    def _words(self) -> str:
        taught = self._state.taught
        if self._state.too_few:
            words = self.tr("Cannot say: fewer than {count} good parts of this camera are recorded")
            return words.format(count=LEAST_PARTS)
        if taught is None:
            words = self.tr("Teaching takes the newest good parts: mean ± {k} standard deviations")
            return words.format(k=f"{SIGMAS:g}")
        words = self.tr("From {parts} good parts. Of these the shown limits refuse {today}, the taught ones {then}")
        return words.format(parts=taught.parts, today=taught.refused_today, then=taught.refused_then)

    @Slot(int, int, str)
    def _on_written(self, row: int, _: int, text: str) -> None:
        limits = self._limits()
        if limits is None:
            return
        try:
            self._emit(with_limit(limits, _NAMES[row], float(text)))
        except (ValueError, ConfigError):
            self.edited.emit(self._state.text)

    @Slot()
    def _on_take(self) -> None:
        if self._state.taught is not None:
            self._emit(self._state.taught.limits)

    def _emit(self, limits: QualityLimits) -> None:
        self.edited.emit(with_quality(self._state.text, self._state.shown_camera, limits))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        button, note, gap = px(_BUTTON_MM), px(_NOTE_MM), px(_GAP_MM)
        bottom, half = self.height() - button, (width - px(_GAP_MM)) // 2
        self.teach.setGeometry(0, bottom, half, button)
        self.take.setGeometry(half + gap, bottom, width - half - gap, button)
        self.note.setGeometry(0, bottom - gap - note, width, note)
        self.table.setGeometry(0, 0, width, max(1, bottom - 2 * gap - note))


def _text(limits: QualityLimits | None, name: str) -> str:
    return "–" if limits is None else f"{getattr(limits, name):g}"
