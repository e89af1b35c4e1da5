"""The colours, by meaning. Verdicts carry shape, word and place as well: colour never stands alone. Pure.

Light is the set of tokens checked by computation; dim lowers the luminance for the night shift and keeps the meaning.
Blue is kept for one thing: a person must act now.
"""

from dataclasses import dataclass
from enum import StrEnum

from station_app.core.inspection import VerdictKind


@dataclass(frozen=True, slots=True)
class Paint:
    """Fill, what is written on it, and the frame around it."""

    fill: str
    ink: str
    frame: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the screen, as #RRGGBB."""

    background: str
    ink: str
    muted: str
    line: str
    face: str
    face_pressed: str
    canvas: str
    ok: Paint
    ng: Paint
    no_result: Paint
    review: Paint
    action: Paint
    disabled: Paint

    def verdict(self, kind: VerdictKind) -> Paint:
        """The paint of a verdict's panel and of its frame in the strip."""
        return {
            VerdictKind.PASS: self.ok,
            VerdictKind.FAIL: self.ng,
            VerdictKind.REVIEW: self.review,
            VerdictKind.NO_RESULT: self.no_result,
        }[kind]


LIGHT = Theme(
    background="#D4D4D2",
    ink="#1E1E1E",
    muted="#4A4A4A",
    line="#9A9A98",
    face="#EDEDEB",
    face_pressed="#BDBDBA",
    canvas="#B4B4B2",
    ok=Paint("#F4F4F2", "#007A5A", "#9A9A98"),
    ng=Paint("#B00020", "#FFFFFF", "#B00020"),
    no_result=Paint("#E0A800", "#1E1E1E", "#E0A800"),
    review=Paint("#F4F4F2", "#0B5FA5", "#0B5FA5"),
    action=Paint("#0B5FA5", "#FFFFFF", "#0B5FA5"),
    disabled=Paint("#D4D4D2", "#6F6F6D", "#B4B4B2"),
)

DIM = Theme(
    background="#2A2A29",
    ink="#D4D4D2",
    muted="#A6A6A4",
    line="#5C5C5A",
    face="#3C3C3A",
    face_pressed="#565654",
    canvas="#1C1C1B",
    ok=Paint("#383836", "#58C7A4", "#5C5C5A"),
    ng=Paint("#A0001D", "#F4F4F2", "#A0001D"),
    no_result=Paint("#B58800", "#161616", "#B58800"),
    review=Paint("#383836", "#7DB8EA", "#7DB8EA"),
    action=Paint("#0B5FA5", "#F4F4F2", "#3F8FD2"),
    disabled=Paint("#2A2A29", "#7C7C7A", "#444442"),
)


class ThemeName(StrEnum):
    """The two sets."""

    LIGHT = "light"
    DIM = "dim"

    @property
    def theme(self) -> Theme:
        return LIGHT if self is ThemeName.LIGHT else DIM

    @property
    def other(self) -> "ThemeName":
        return ThemeName.DIM if self is ThemeName.LIGHT else ThemeName.LIGHT


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
