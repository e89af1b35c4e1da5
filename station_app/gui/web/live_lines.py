"""What comes of a web while it is watched: the state that the events make, and the picture that goes with its lines.

A picture and its measures may come in two batches; only together they say which lines are seen. GUI thread.
"""

from station_app.core.lines import LineSpan
from station_app.core.messages import Event
from station_app.core.setup_messages import CameraMeasured, CameraWatched
from station_app.gui.link import PreviewImage
from station_app.gui.web.line_history import LinesPicture
from station_app.gui.web.web_state import WebState, acknowledged, looking_at, web_after, with_columns, without_engine

_PAIRED = 4
"""So many pictures wait for their measures, and so many measures for their picture."""


class LiveLines:
    """One watcher of the line-scan cameras. `web` is replaced as a whole."""

    def __init__(self) -> None:
        self.web = WebState()
        self._pictures: dict[int, PreviewImage] = {}
        self._measured: dict[int, CameraMeasured] = {}

    def take(self, event: Event) -> None:
        """The engine has said something."""
        self.web = web_after(self.web, event)
        if isinstance(event, CameraWatched):
            self._forget()
        elif isinstance(event, CameraMeasured):
            self._measured[event.sequence] = event

    def lose(self) -> None:
        """The engine has gone."""
        self.web = without_engine(self.web)
        self._forget()

    def acknowledge(self) -> None:
        """A person has seen that lines were lost."""
        self.web = acknowledged(self.web)

    def look_at(self, camera_id: str) -> None:
        """Follow this camera; "" the first one."""
        self.web = looking_at(self.web, camera_id)

    def add(self, preview: PreviewImage) -> None:
        """A picture of whichever camera is watched."""
        self._pictures[preview.sequence] = preview

    def newest(self) -> LinesPicture | None:
        """The newest picture whose lines are known, once."""
        pairs = self._pictures.keys() & self._measured.keys()
        if not pairs:
            self._keep_after(0)
            return None
        picture = self._joined(self._pictures[max(pairs)], self._measured[max(pairs)])
        self._keep_after(max(pairs))
        return picture

    def _joined(self, preview: PreviewImage, measured: CameraMeasured) -> LinesPicture | None:
        lines, frame = self.web.lines, next(iter(preview.frames), None)
        if lines is None or lines.camera_id != measured.camera_id or frame is None or frame.pixels.ndim != 2:
            return None
        self.web = with_columns(self.web, frame.pixels.shape[1])
        return LinesPicture(measured.first_line, frame.pixels, tuple(LineSpan(*span) for span in measured.lost))

    def _keep_after(self, sequence: int) -> None:
        self._pictures = {k: v for k, v in sorted(self._pictures.items())[-_PAIRED:] if k > sequence}
        self._measured = {k: v for k, v in sorted(self._measured.items())[-_PAIRED:] if k > sequence}

    def _forget(self) -> None:
        self._pictures, self._measured = {}, {}
