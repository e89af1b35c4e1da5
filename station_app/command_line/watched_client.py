"""The window's client of an engine that the window keeps alive itself."""

from pathlib import Path

from station_app.command_line.engine_process import EngineProcess
from station_app.core.errors import EngineFailedError
from station_app.engine.client import EngineClient


class WatchedClient(EngineClient):
    """A client that knows why there is no engine."""

    def __init__(self, data_dir: Path, engine: EngineProcess) -> None:
        super().__init__(data_dir)
        self._engine = engine

    def connect(self) -> None:
        """As any client; EngineFailedError where the engine cannot run at all."""
        if self._engine.failure:
            raise EngineFailedError(self._engine.failure)
        super().connect()
