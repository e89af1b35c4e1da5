"""Sentences about a web that several screens say. GUI thread."""

from PySide6.QtCore import QCoreApplication

from station_app.gui.screen_state import ScreenState
from station_app.gui.web.web_state import WebState


def trouble_sentence(web: WebState, state: ScreenState) -> str:
    """Why the picture of the web does not go on, "" while it does."""
    translate, lines = QCoreApplication.translate, web.lines
    if not state.is_connected or lines is None:
        return translate("Web", "The station does not answer: this is the last picture")
    if lines.camera_id in state.lost_cameras:
        words = translate("Web", "Camera {name} is not connected: this is the last picture")
        return words.format(name=lines.camera_id)
    if web.watched != lines.camera_id:
        return translate("Web", "No live picture: the camera is not watched")
    return ""
