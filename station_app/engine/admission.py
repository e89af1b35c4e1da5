"""Whether the line can take one more part: room in the pipeline, and a free frame buffer. Any thread."""

import threading


class Admission:
    """Two bounds. `pipeline` parts may be on their way to a verdict, `buffers` parts may hold frames (a verdict frees
    the first, the stored image the second), so that slow image writing holds back triggers and never drops an image."""

    def __init__(self, pipeline: int, buffers: int) -> None:
        self._pipeline = self._pipeline_free = pipeline
        self._buffers_free = buffers
        self._changed = threading.Condition()

    def admit(self) -> bool:
        """Take a place in both; False where either is full: the trigger is an overrun."""
        with self._changed:
            if not self._has_room():
                return False
            self._pipeline_free -= 1
            self._buffers_free -= 1
            return True

    def concluded(self) -> None:
        """A part has its verdict, and its images are handed on."""
        with self._changed:
            self._pipeline_free += 1
            self._changed.notify_all()

    def freed(self) -> None:
        """A part holds no frame any more."""
        with self._changed:
            self._buffers_free += 1
            self._changed.notify_all()

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait until `admit` would succeed; False at the time-out."""
        with self._changed:
            return self._changed.wait_for(self._has_room, timeout_s)

    def wait_concluded(self, timeout_s: float) -> bool:
        """Wait until every part that was admitted is concluded; False at the time-out."""
        with self._changed:
            return self._changed.wait_for(lambda: self._pipeline_free == self._pipeline, timeout_s)

    def _has_room(self) -> bool:
        return self._pipeline_free > 0 and self._buffers_free > 0
