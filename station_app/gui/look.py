"""What every piece of the screen is painted with: colours and scale together. Frozen; a change makes a new one."""

from dataclasses import dataclass
from typing import Protocol

from station_app.gui.lettering import Style
from station_app.gui.millimetres import Millimetres
from station_app.gui.theme import Theme


@dataclass(frozen=True, slots=True)
class Look:
    """Theme and scale."""

    theme: Theme
    mm: Millimetres

    def style(self, cap_mm: float, least_mm: float = 2.6, *, is_bold: bool = False, is_wrapped: bool = False) -> Style:
        """Letters whose capitals are `cap_mm` high, shrinking to `least_mm` where the room is short."""
        return Style(self.mm.font_px(cap_mm), self.mm.font_px(min(cap_mm, least_mm)), is_bold, is_wrapped)


class Looking(Protocol):
    """A piece of the screen that can be given another look."""

    def set_look(self, look: Look) -> None: ...
