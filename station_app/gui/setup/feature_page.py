"""Every feature of the camera, for the engineer: the tree, and below it what changes the one that is selected.

GUI thread.
"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.setup_messages import FeatureShown, ReadFeatures
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.feature_tree import FeatureTree
from station_app.gui.setup.locks import why_locked
from station_app.gui.setup.setting_row import SettingRow
from station_app.gui.setup.setting_texts import kind_name, refusal_text
from station_app.gui.setup.setup_state import SetupState
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard

_WHY_MM, _ROW_MM, _GAP_MM = 7.0, 26.0, 1.5


class FeaturePage(Page):
    """`written` carries the feature's name and the value."""

    written = Signal(str, str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = (ScreenState(), SetupState())
        self.tree, self.why = FeatureTree(look, self), WhyPane(look, self)
        self.row = SettingRow(look, guard, self)
        self.tree.selected.connect(self._on_selected)
        self.row.written.connect(self.written)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.tree, self.why, self.row):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.tree.retranslate()
        self.row.retranslate()
        self.show_state(*self._state)

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        self._state = (station, setup)
        features = setup.features.get(setup.chosen)
        self.tree.show_features(features or ())
        self.why.say(self._why(features))
        self._show_row()

    def _why(self, features: tuple[FeatureShown, ...] | None) -> str:
        """The one sentence about the whole page."""
        locked = why_locked(*self._state)
        if locked:
            return locked
        refusal = self._state[1].refusals.get(ReadFeatures.__name__)
        if features is None:
            return refusal_text(refusal) if refusal is not None else self.tr("Not read yet")
        return "" if features else self.tr("This camera has no features to set")

    def _show_row(self) -> None:
        station, setup = self._state
        feature = self.tree.current
        title = f"{feature.name} · {kind_name(feature.kind)}" if feature is not None else ""
        is_enabled = not why_locked(station, setup)
        missing = self.tr("Touch a feature to change it") if is_enabled else ""
        self.row.show_feature(title, feature, setup, is_enabled=is_enabled, missing=missing)
        self.row.editor.setVisible(feature is not None)

    @Slot(object)
    def _on_selected(self, _: FeatureShown | None) -> None:
        self._show_row()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        why, row, gap = px(_WHY_MM), px(_ROW_MM), px(_GAP_MM)
        self.row.setGeometry(0, self.height() - row, width, row)
        self.why.setGeometry(0, self.height() - row - gap - why, width, why)
        self.tree.setGeometry(0, 0, width, max(1, self.height() - row - why - 2 * gap))
