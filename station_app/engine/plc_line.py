"""What a PLC may do to the engine."""

from station_app.core.messages import EngineState
from station_app.engine.engine import Engine


class EngineLine:
    """A `PlcLine` that is an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def trigger(self, serial: str = "") -> int:
        return self._engine.trigger(serial)

    def wait_ready(self, timeout_s: float) -> bool:
        return self._engine.wait_ready(timeout_s)

    def change_recipe(self, name: str) -> None:
        was_running = self._engine.state is EngineState.RUNNING
        self._engine.load(name)
        if was_running:
            self._engine.start()
