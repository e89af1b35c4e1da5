"""Which lines and columns of a web can be seen, and where: true to the scale, newest line at the bottom. Pure; no Qt.

A picture of a web has pixels that are not square where mm per line differs from mm per pixel; on the screen a
millimetre is as long along the web as across it.
"""

from dataclasses import dataclass, replace

from station_app.core.lines import LineScale, LineSpan
from station_app.gui.millimetres import Spot

MOST_PX_PER_COLUMN = 8.0
"""Screen pixels for one of the camera: enough to count those of a scratch."""
LEAST_ZOOM = 1 / 8
"""The whole width in an eighth of the room shows eight times as many metres."""


@dataclass(frozen=True, slots=True)
class WebView:
    """`width` x `height` pixels of the screen. At `zoom` 1 all `columns` are seen; `centre` is the column in the middle
    and `end` the line below the lowest one."""

    columns: int
    scale: LineScale
    width: int
    height: int
    end: float = 0.0
    zoom: float = 1.0
    centre: float = 0.0

    @property
    def px_per_mm(self) -> float:
        """Screen pixels for a millimetre of the web, in both directions."""
        return self.width / self.scale.across_mm(self.columns) * self.zoom

    @property
    def px_per_column(self) -> float:
        return self.px_per_mm * self.scale.mm_per_pixel

    @property
    def px_per_line(self) -> float:
        return self.px_per_mm * self.scale.mm_per_line

    def to_x(self, column: float) -> float:
        return self.width / 2 + (column - self.centre) * self.px_per_column

    def to_y(self, line: float) -> float:
        return self.height - (self.end - line) * self.px_per_line

    def to_column(self, x: float) -> float:
        return self.centre + (x - self.width / 2) / self.px_per_column

    def to_line(self, y: float) -> float:
        return self.end - (self.height - y) / self.px_per_line

    @property
    def lines(self) -> LineSpan:
        """The lines of which something is seen, from the web's first one on."""
        end = max(0, _up(self.end))
        return LineSpan(min(end, max(0, int(self.to_line(0)))), end)

    @property
    def columns_seen(self) -> tuple[int, int]:
        """The first column that is seen, and the one after the last."""
        first, last = self.to_column(0), self.to_column(self.width)
        return max(0, int(first)), min(self.columns, _up(last))

    def spot(self, lines: LineSpan, columns: tuple[float, float]) -> Spot:
        """A rectangle of the web on the screen, at least a pixel large."""
        left, top = round(self.to_x(columns[0])), round(self.to_y(lines.start))
        right, bottom = round(self.to_x(columns[1])), round(self.to_y(lines.end))
        return Spot(left, top, max(1, right - left), max(1, bottom - top))

    def fitted(self) -> "WebView":
        """All columns, the newest lines where they are."""
        return replace(self, zoom=1.0, centre=self.columns / 2)

    def zoomed(self, factor: float, x: float, y: float) -> "WebView":
        """Zoom about the point (x, y), which keeps its place as far as the web's edges allow."""
        column, line = self.to_column(x), self.to_line(y)
        most = max(1.0, MOST_PX_PER_COLUMN * self.columns / self.width)
        near = replace(self, zoom=min(max(self.zoom * factor, LEAST_ZOOM), most))
        end = line + (self.height - y) / near.px_per_line
        return replace(near, centre=column + (self.width / 2 - x) / near.px_per_column, end=end)._settled()

    def panned(self, dx: float, dy: float) -> "WebView":
        """Move the web by pixels of the screen."""
        moved = replace(self, centre=self.centre - dx / self.px_per_column, end=self.end - dy / self.px_per_line)
        return moved._settled()

    def ending(self, end: float) -> "WebView":
        """The same view with another line at the bottom."""
        return replace(self, end=end)

    def sized(self, width: int, height: int) -> "WebView":
        """The same place in a widget of another size."""
        return replace(self, width=max(1, width), height=max(1, height))

    def _settled(self) -> "WebView":
        """Nothing beside the web is looked at."""
        half = self.width / 2 / self.px_per_column
        centre = min(max(self.centre, half), self.columns - half) if self.zoom > 1 else self.columns / 2
        return replace(self, centre=centre, end=max(0.0, self.end))


def whole_web(columns: int, scale: LineScale, width: int, height: int, end: float = 0.0) -> WebView:
    """A fresh view of all columns."""
    return WebView(columns, scale, max(1, width), max(1, height), end).fitted()


def _up(value: float) -> int:
    return -int(-value // 1)
