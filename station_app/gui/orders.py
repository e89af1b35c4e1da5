"""What the screen asks of the engine. Every order that cannot be sent is said at once. GUI thread."""

from collections.abc import Callable

from station_app.core.messages import (
    AcknowledgeAlarm,
    Command,
    EngineState,
    Pause,
    SelectRecipe,
    SetSerial,
    SignIn,
    Start,
)
from station_app.core.web_messages import StartRoll, StopRoll
from station_app.gui import sentences
from station_app.gui.bridge import Bridge
from station_app.gui.questions import Asking
from station_app.gui.screen_state import ScreenState


class Orders:
    """Commands out through the bridge; True where one was handed over. `notify` takes one of `sentences`."""

    def __init__(self, bridge: Bridge, notify: Callable[[str], None]) -> None:
        self._bridge, self._notify = bridge, notify

    def send(self, command: Command) -> bool:
        if not self._bridge.send(command):
            self._notify(sentences.NOT_SENT)
            return False
        return True

    def run_or_pause(self, state: ScreenState) -> bool:
        return self.send(Pause() if state.engine is EngineState.RUNNING else Start())

    def answer(self, asking: Asking, value: str, operator: str) -> bool:
        """The answer to a question that is about no part."""
        match asking:
            case Asking.ROLL:
                return self.send(StartRoll(value, operator))
            case Asking.STOP_ROLL:
                return self.send(StopRoll(operator))
            case _:
                return self.send(SelectRecipe(value, operator))

    def sign_in(self, operator: str) -> bool:
        return self.send(SignIn(operator))

    def acknowledge(self, code: str, operator: str) -> bool:
        return self.send(AcknowledgeAlarm(code, operator))

    def set_serial(self, serial: str) -> bool:
        return self.send(SetSerial(serial))
