"""A seam: panes that some cameras have besides, such as a waterfall of lines or a flat field. GUI thread."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.core.messages import Event
from station_app.gui.link import PreviewImage
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.screen_state import ScreenState
from station_app.gui.setup.setup_state import SetupState
from station_app.gui.touch_button import TapGuard


class ExtraPane(Page):
    """One more tab of the panel for cameras of lines. A wide one stands in place of the live picture instead.

    `asked` carries a command of `core.setup_messages` or `core.web_messages`; who sent it is filled in on the way.
    """

    asked = Signal(object)
    is_wide = False

    def caption(self) -> str:
        """What its tab says, in the language of the moment."""
        raise NotImplementedError

    def show_state(self, station: ScreenState, setup: SetupState) -> None:
        """What is known now; `setup.chosen` is the camera looked at."""

    def show_event(self, event: Event) -> None:
        """Everything the engine says while the set-up screen is open."""

    def show_picture(self, picture: PreviewImage) -> None:
        """The newest picture of the camera that is watched."""

    def stop(self) -> None:
        """Ends its worker, where it has one."""


ExtraPanes = Callable[[Look, TapGuard, QWidget], Sequence[ExtraPane]]
"""Makes the panes, once for the window; they are shown while the camera looked at reports lines."""


def no_extra_panes(look: Look, guard: TapGuard, parent: QWidget) -> Sequence[ExtraPane]:
    """A station without cameras of lines."""
    return ()
