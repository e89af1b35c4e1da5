"""Whether the line was running when its engine died: a file that is there only while it runs. Engine's threads."""

import logging
from pathlib import Path

from station_app.core.messages import EngineState, Event, StateChanged

log = logging.getLogger(__name__)


class RunningMark:
    """Hears the engine's events. After a crash the mark is still there; after a pause or an orderly end it is not."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "running.mark"
        self.was_running = self._path.exists()

    def __call__(self, event: Event) -> None:
        if not isinstance(event, StateChanged):
            return
        try:
            if event.state is EngineState.RUNNING:
                self._path.touch()
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            # Only what a crash is followed by hangs on the mark: a full disk must not keep the line from its state.
            log.warning("the running mark cannot be kept: %s", error)
