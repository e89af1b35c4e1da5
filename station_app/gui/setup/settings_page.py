"""The five settings that matter for everyone, in everyone's words. GUI thread."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.setup_messages import CommonSetting
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.locks import why_locked
from station_app.gui.setup.setting_row import SettingRow
from station_app.gui.setup.setting_texts import setting_name
from station_app.gui.setup.setup_state import SetupState
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard

_WHY_MM, _GAP_MM, _TALLEST_MM = 9.0, 1.2, 30.0


class SettingsPage(Page):
    """`written` carries the feature's name and the value."""

    written = Signal(str, str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.why = WhyPane(look, self)
        self.rows = {setting: SettingRow(look, guard, self) for setting in CommonSetting}
        for row in self.rows.values():
            row.written.connect(self.written)
        self._state = (ScreenState(), SetupState())

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.why, *self.rows.values()):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for row in self.rows.values():
            row.retranslate()
        self.show_state(*self._state)

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        self._state = (station, setup)
        locked = why_locked(station, setup)
        self.why.say(locked or self.tr("A setting holds until the recipe is loaded again"))
        features = setup.features.get(setup.chosen, ())
        by_setting = {feature.common: feature for feature in features if feature.common}
        missing = self.tr("This camera has no such setting") if features else self.tr("Not read yet")
        for setting, row in self.rows.items():
            feature = by_setting.get(setting)
            row.show_feature(setting_name(setting), feature, setup, is_enabled=not locked, missing=missing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        why, gap = px(_WHY_MM), px(_GAP_MM)
        room = self.height() - why - gap
        height = min(px(_TALLEST_MM), room // len(self.rows) - gap)
        self.why.setGeometry(0, 0, self.width(), why)
        for number, row in enumerate(self.rows.values()):
            row.setGeometry(0, why + gap + number * (height + gap), self.width(), height)
