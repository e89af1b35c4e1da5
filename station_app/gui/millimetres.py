"""Millimetres into pixels of the screen in front of the operator, and where everything goes. Pure; any thread.

Touch targets and letters are specified in millimetres because gloves and eyes are; a window that is too small for the
compact arrangement gets smaller millimetres, never clipped text.
"""

from dataclasses import dataclass

FALLBACK_PX_PER_MM = 96 / 25.4
_PLAUSIBLE_PX_PER_MM = (60 / 25.4, 400 / 25.4)
_COMPACT_SIZE_MM = (340.0, 190.0)
_ROOMY_HEIGHT_MM = 230.0
_CAP_HEIGHT = 0.73
"""Capital height over em of Noto Sans and DejaVu Sans."""


@dataclass(frozen=True, slots=True)
class Millimetres:
    """The scale of one screen."""

    px_per_mm: float

    def px(self, mm: float) -> int:
        """Whole pixels, at least one."""
        return max(1, round(mm * self.px_per_mm))

    def font_px(self, cap_mm: float) -> int:
        """Pixel size of a font whose capitals are `cap_mm` high."""
        return max(1, round(cap_mm / _CAP_HEIGHT * self.px_per_mm))


def trusted_px_per_mm(reported: float, override: float | None) -> float:
    """The station's own calibration first; else what the monitor reports, unless that cannot be true."""
    if override is not None:
        return override
    low, high = _PLAUSIBLE_PX_PER_MM
    return reported if low <= reported <= high else FALLBACK_PX_PER_MM


def fitted(width_px: int, height_px: int, px_per_mm: float) -> Millimetres:
    """The real millimetre where the compact screen fits into the window; else the largest that lets it fit."""
    width_mm, height_mm = _COMPACT_SIZE_MM
    return Millimetres(min(px_per_mm, width_px / width_mm, height_px / height_mm))


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle in pixels of the window."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Places:
    """Where each piece of the operator's screen goes."""

    top: Spot
    alarm: Spot
    tools: Spot
    image: Spot
    verdict: Spot
    part: Spot
    findings: Spot
    state: Spot
    strip: Spot
    counters: Spot
    bar: Spot
    question: Spot


def arrange(width_px: int, height_px: int, mm: Millimetres, *, has_serial: bool = False) -> Places:
    """The arrangement depends on the window and on nothing that is written in it; with `has_serial` the line of the
    machine's state is high enough for a button."""
    px, is_roomy = mm.px, height_px / mm.px_per_mm >= _ROOMY_HEIGHT_MM
    edge, gap = px(3), px(3 if is_roomy else 2)
    tile = px(24 if is_roomy else 20)
    inner = width_px - 2 * edge
    bar_top = height_px - px(2) - px(22)
    strip_top = bar_top - gap - tile
    main_top = px(28) + px(2)
    main_height = strip_top - gap - main_top
    tools = px(20)
    right_x = width_px - edge - px(150)
    image_x = edge + tools + px(2)
    strip_width = 12 * tile + 11 * px(1)
    counters_x = edge + strip_width + px(4)
    verdict, part, state, findings_top = _right_column(
        Spot(right_x, main_top, px(150), main_height), mm, px(14 if is_roomy else 10), px(20) if has_serial else 0
    )
    return Places(
        top=Spot(0, 0, width_px, px(14)),
        alarm=Spot(0, px(14), width_px, px(14)),
        tools=Spot(edge, main_top, tools, main_height),
        image=Spot(image_x, main_top, right_x - px(3) - image_x, main_height),
        verdict=verdict,
        part=part,
        findings=Spot(right_x, findings_top, px(150), state.y - px(2) - findings_top),
        state=state,
        strip=Spot(edge, strip_top, strip_width, tile),
        counters=Spot(counters_x, strip_top, width_px - edge - counters_x, tile),
        bar=Spot(edge, bar_top, inner, px(22)),
        question=Spot(edge, strip_top, inner, bar_top + px(22) - strip_top),
    )


def _right_column(column: Spot, mm: Millimetres, line: int, button: int) -> tuple[Spot, Spot, Spot, int]:
    px, low = mm.px, max(line, button)
    verdict = Spot(column.x, column.y, column.width, px(58))
    part = Spot(column.x, verdict.y + verdict.height + px(2), column.width, line)
    state = Spot(column.x, column.y + column.height - low, column.width, low)
    return verdict, part, state, part.y + line + px(2)
