"""Light, focus and flat field of a line-scan camera: its column profile, and the wizard beside it. GUI thread."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.messages import EngineState
from station_app.gui.look import Look
from station_app.gui.touch_button import TapGuard
from station_app.gui.web.column_profile import ColumnProfile
from station_app.gui.web.flat_steps import FlatTeaching, Stage
from station_app.gui.web.flat_wizard import FlatWizard
from station_app.gui.web.web_state import WebState

_WIZARD_SHARE = 0.42
_GAP_MM = 2.0


class LightPage(QWidget):
    """Also a page of the set-up screen: it needs a look, the state of the web, and how far the teaching is."""

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.profile, self.wizard = ColumnProfile(look, self), FlatWizard(look, guard, self)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.profile.set_look(look)
        self.wizard.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.profile.retranslate()
        self.wizard.retranslate()

    def show_web(self, web: WebState, teaching: FlatTeaching, engine: EngineState) -> None:
        """The live profile; at the result and after it, what the flat field does to it."""
        live = web.measured.columns if web.measured is not None else ()
        is_judged = teaching.stage in (Stage.RESULT, Stage.SAVED)
        after = teaching.after if teaching.stage is Stage.RESULT and teaching.after else live
        self.profile.show_profile(after, teaching.before if is_judged else (), web.width_mm)
        self.wizard.show_teaching(teaching, engine, has_camera=web.has_lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        gap = self._look.mm.px(_GAP_MM)
        wizard = round((self.width() - gap) * _WIZARD_SHARE)
        self.profile.setGeometry(0, 0, self.width() - wizard - gap, self.height())
        self.wizard.setGeometry(self.width() - wizard, 0, wizard, self.height())
