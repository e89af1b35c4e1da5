"""Carries a person through teaching a flat field: each tap of the wizard is a command, or a way back. GUI thread."""

from collections.abc import Callable

from station_app.core.messages import Event
from station_app.core.setup_messages import FlatFieldStep, TeachFlatField
from station_app.gui import sentences
from station_app.gui.web.flat_steps import FlatTeaching, Stage, asked, begun, interrupted, teaching_after

_TAKEN = (Stage.WHITE, Stage.RESULT)
"""The engine holds lines that nobody wants any more when it ends here."""


class FlatTeacher:
    """At most one teaching at a time. `send` gives a command to the engine; False where it cannot."""

    def __init__(self, send: Callable[[TeachFlatField], bool]) -> None:
        self.teaching = FlatTeaching()
        self._send = send

    def take(self, event: Event, profile: tuple[float, ...]) -> None:
        """The engine has said something; `profile` is the live column profile."""
        self.teaching = teaching_after(self.teaching, event, profile)

    def lose(self) -> None:
        """The engine has gone, and with it what it took."""
        self.teaching = interrupted(self.teaching, sentences.BEGIN_AGAIN)

    def advance(self, camera_id: str, operator: str) -> None:
        """The wizard's button: the first step, the next one, or from the start again."""
        step = self.teaching.next_step
        if step is None:
            self._discard(operator)
            self.teaching = begun(camera_id)
        elif self._send(TeachFlatField(self.teaching.camera_id, step, operator)):
            self.teaching = asked(self.teaching, step)

    def cancel(self, operator: str) -> None:
        """Out, whatever was taken."""
        self._discard(operator)
        self.teaching = FlatTeaching()

    def _discard(self, operator: str) -> None:
        if self.teaching.stage in _TAKEN or self.teaching.waiting is not None:
            self._send(TeachFlatField(self.teaching.camera_id, FlatFieldStep.DISCARD, operator))
