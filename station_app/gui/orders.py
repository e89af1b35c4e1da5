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
from station_app.core.serial import CodeInput
from station_app.core.serial_messages import SetLot
from station_app.core.web_messages import StartRoll, StopRoll
from station_app.gui import sentences
from station_app.gui.bridge import Bridge
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

    def start_roll(self, roll: str, operator: str) -> bool:
        return self.send(StartRoll(roll, operator))

    def stop_roll(self, operator: str) -> bool:
        return self.send(StopRoll(operator))

    def select_recipe(self, recipe: str, operator: str) -> bool:
        return self.send(SelectRecipe(recipe, operator))

    def sign_in(self, operator: str) -> bool:
        return self.send(SignIn(operator))

    def acknowledge(self, code: str, operator: str) -> bool:
        return self.send(AcknowledgeAlarm(code, operator))

    def set_lot(self, lot: str, operator: str) -> bool:
        return self.send(SetLot(lot, operator))

    def set_serial(self, serial: str, source: CodeInput) -> bool:
        return self.send(SetSerial(serial, source))
