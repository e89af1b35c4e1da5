"""Frame numbers that go on where the camera's own 16-bit counter begins anew. Pure."""

_HALF = 1 << 15
_LAST = (1 << 16) - 1


class BlockIds:
    """GigE Vision numbers frames 1 to 65,535 and then 1 again; later versions and USB3 Vision never begin anew."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._offset = 0

    def restart(self) -> None:
        """The camera's stream begins anew."""
        self._last, self._offset = None, 0

    def continued(self, block_id: int) -> int:
        """The number of the frame since the stream began, gaps included."""
        last, self._last = self._last, block_id
        if last is not None and last <= _LAST and last - block_id > _HALF:
            # Some count the 0 that the standard leaves out.
            self._offset += _LAST + (1 if block_id == 0 else 0)
        return block_id + self._offset
