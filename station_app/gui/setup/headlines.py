"""Which headline the live picture has: the first that holds, from what forbids a picture to what is just seen.

GUI thread, for the translations.
"""

from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import VerdictKind
from station_app.core.messages import EngineState
from station_app.gui.screen_state import ScreenState
from station_app.gui.sentences import sentence
from station_app.gui.setup.setup_state import SetupState
from station_app.gui.setup.shot_texts import shot_line, shot_note
from station_app.gui.setup.view_header import Headline


def headline_for(station: ScreenState, setup: SetupState, *, is_frozen: bool) -> Headline:
    """What is to be said above the picture of the chosen camera."""
    translate = QCoreApplication.translate
    if not station.is_connected:
        return Headline(translate("Headline", "The station does not answer"), kind=VerdictKind.NO_RESULT)
    if not setup.chosen:
        return Headline(translate("Headline", "No camera to look at"))
    if setup.chosen in setup.lost:
        words = translate("Headline", "Camera {name} is not connected").replace("{name}", setup.chosen)
        return Headline(words, sentence(setup.lost[setup.chosen]), VerdictKind.NO_RESULT)
    if setup.shot is not None:
        return Headline(shot_line(setup.shot), shot_note(), setup.shot.verdict, is_shot=True)
    return Headline(_plain(station, setup, is_frozen=is_frozen))


def _plain(station: ScreenState, setup: SetupState, *, is_frozen: bool) -> str:
    translate = QCoreApplication.translate
    if setup.is_shooting:
        return translate("Headline", "Test shot: waiting for the model")
    if is_frozen:
        return translate("Headline", "The picture stands still")
    if station.engine is EngineState.RUNNING:
        return translate("Headline", "The line is running: its parts are shown")
    return translate("Headline", "Live picture of camera {name}").replace("{name}", setup.chosen)
