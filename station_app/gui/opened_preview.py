"""One preview that the engine named, opened, and which of its pictures was taken last. Receiving thread; no Qt."""

import logging

from station_app.core.errors import LinkError
from station_app.gui.link import EngineLink, PreviewImage, PreviewLink

_log = logging.getLogger(__name__)


class OpenedPreview:
    """At most one file at a time; "" names none."""

    def __init__(self, link: EngineLink) -> None:
        self._link = link
        self._preview: PreviewLink | None = None
        self._newest = (0, 0)

    def open(self, name: str) -> None:
        """Read another file from now on. Raises LinkError where it cannot be opened."""
        self.close()
        if name:
            self._preview = self._link.open_preview(name)

    def try_open(self, name: str) -> None:
        """The same for a file that may be gone already, since another one has been named after it."""
        try:
            self.open(name)
        except LinkError as error:
            _log.warning("no live picture: %s", error)

    def newest(self) -> PreviewImage | None:
        """The newest picture, once."""
        preview = self._preview.newest() if self._preview else None
        if preview is None or (preview.sequence, preview.part_id) == self._newest:
            return None
        self._newest = (preview.sequence, preview.part_id)
        return preview

    def close(self) -> None:
        if self._preview is not None:
            self._preview.close()
        self._preview, self._newest = None, (0, 0)
