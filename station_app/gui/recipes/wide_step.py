"""A step that needs the room of the differences as well, such as one with pictures. GUI thread."""

from PySide6.QtCore import Signal

from station_app.gui.recipes.step_page import StepPage


class WideStep(StepPage):
    """`done` says that the thresholds, the differences and what can be done are to be seen again."""

    done = Signal()

    def caption(self) -> str:
        """What the step is called."""
        raise NotImplementedError
