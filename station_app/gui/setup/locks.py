"""Why nothing can be changed now: one place for settings, features, test shots and references. GUI thread."""

from PySide6.QtCore import QCoreApplication

from station_app.core.messages import EngineState
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.setup_state import SetupState


def why_locked(station: ScreenState, setup: SetupState) -> str:
    """A sentence, "" where changes are possible."""
    translate = QCoreApplication.translate
    if not station.is_connected:
        return translate("Lock", "The station does not answer")
    if not setup.chosen:
        return translate("Lock", "No camera is chosen")
    if setup.chosen in setup.lost:
        return translate("Lock", "The camera is not connected")
    if station.engine is EngineState.RUNNING:
        return translate("Lock", "The line is running: pause it first (F12)")
    return ""
