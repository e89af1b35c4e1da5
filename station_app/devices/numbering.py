"""Keeps frame ids rising by one over restarts of a camera, so that a gap seen downstream is unexplained. Pure."""

from dataclasses import replace

from station_app.core.inspection import FrameStamp


class Numbering:
    """Ids as the camera counts them until its first restart; from then on shifted so that they go on without a gap."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._offset = 0
        self._is_restarted = False

    def restart(self) -> None:
        """What the camera counts from now on has nothing to do with what it counted before."""
        self._is_restarted = True

    def continued(self, stamp: FrameStamp) -> FrameStamp:
        """The stamp under its id for the station."""
        if self._is_restarted and self._last is not None:
            self._offset = self._last + 1 - stamp.frame_id
        self._is_restarted = False
        frame_id = stamp.frame_id + self._offset
        self._last = frame_id if self._last is None else max(self._last, frame_id)
        return replace(stamp, frame_id=frame_id) if self._offset else stamp
