"""Which cameras are on the screen: one alone, a page of four side by side, or one enlarged with the others beside it.

Pure; no Qt.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from station_app.gui.millimetres import Millimetres, Spot

PAGE = 4
"""More panes at a time would be too small to judge by."""
_GAP_MM = 2.0
_THUMB_MM, _BUTTON_MM, _THUMB_GAP_MM = 22.0, 20.0, 1.0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The cameras of the part shown, in order, and what the operator chose to see of them. `enlarged` is "" while a
    page of all is shown."""

    cameras: tuple[str, ...] = ()
    enlarged: str = ""
    page: int = 0

    @property
    def is_alone(self) -> bool:
        """At most one camera: nothing to choose."""
        return len(self.cameras) <= 1

    @property
    def is_grid(self) -> bool:
        return not self.is_alone and not self.enlarged

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.cameras) // PAGE))

    @property
    def on_page(self) -> tuple[str, ...]:
        """The cameras that are seen now."""
        return self.cameras[self.page * PAGE : (self.page + 1) * PAGE]

    @property
    def next_page(self) -> tuple[int, int]:
        """The first and last camera of the page after this one, counted from 1."""
        first = (self.page + 1) % self.pages * PAGE
        return first + 1, min(first + PAGE, len(self.cameras))

    def of(self, cameras: Iterable[str]) -> "Arrangement":
        """The same view of other cameras, as far as they have it."""
        known = tuple(dict.fromkeys(cameras))
        if known == self.cameras:
            return self
        enlarged = self.enlarged if self.enlarged in known and len(known) > 1 else ""
        page = known.index(enlarged) // PAGE if enlarged else 0
        return Arrangement(known, enlarged, page)

    def with_enlarged(self, camera_id: str) -> "Arrangement":
        if self.is_alone or camera_id not in self.cameras:
            return self
        return replace(self, enlarged=camera_id, page=self.cameras.index(camera_id) // PAGE)

    def with_all(self) -> "Arrangement":
        return replace(self, enlarged="")

    def stepped(self, step: int) -> "Arrangement":
        """The camera `step` places on enlarged, round and round; from the grid the first or the last of the page."""
        if self.is_alone:
            return self
        if not self.enlarged:
            return self.with_enlarged(self.on_page[0 if step > 0 else -1])
        return self.with_enlarged(self.cameras[(self.cameras.index(self.enlarged) + step) % len(self.cameras)])

    def turned(self) -> "Arrangement":
        """The next page, with none of its cameras enlarged."""
        return replace(self, enlarged="", page=(self.page + 1) % self.pages)


@dataclass(frozen=True, slots=True)
class PanePlaces:
    """Where the panes of the page go, and the two buttons where they are needed, in pixels of the image's place."""

    panes: tuple[Spot, ...]
    back: Spot | None = None
    more: Spot | None = None


def place_panes(arrangement: Arrangement, width: int, height: int, mm: Millimetres) -> PanePlaces:
    """Two panes stand side by side, more in two rows; an enlarged one takes all but a column at the left edge."""
    if arrangement.is_alone:
        return PanePlaces((Spot(0, 0, width, height),))
    has_more, column = arrangement.pages > 1, mm.px(_THUMB_MM) + mm.px(_GAP_MM)
    more = Spot(0, height - mm.px(_BUTTON_MM), mm.px(_THUMB_MM), mm.px(_BUTTON_MM)) if has_more else None
    if arrangement.enlarged:
        back = Spot(0, 0, mm.px(_THUMB_MM), mm.px(_BUTTON_MM))
        main = Spot(column, 0, width - column, height)
        return PanePlaces(_beside(arrangement, main, height - (more.height if more else 0), mm), back, more)
    left = column if has_more else 0
    return PanePlaces(_grid(len(arrangement.on_page), Spot(left, 0, width - left, height), mm.px(_GAP_MM)), more=more)


def _grid(count: int, room: Spot, gap: int) -> tuple[Spot, ...]:
    rows = 1 if count <= 2 else 2
    width, height = (room.width - gap) // 2, (room.height - gap * (rows - 1)) // rows
    if count == 1:
        return (room,)
    cells = [(number % 2, number // 2) for number in range(count)]
    return tuple(Spot(room.x + x * (width + gap), y * (height + gap), width, height) for x, y in cells)


def _beside(arrangement: Arrangement, main: Spot, bottom: int, mm: Millimetres) -> tuple[Spot, ...]:
    """The enlarged pane and the thumbnails of the others, below the button that leads back."""
    top, gap = mm.px(_BUTTON_MM), mm.px(_THUMB_GAP_MM)
    count = max(1, len(arrangement.on_page) - 1)
    side = min(mm.px(_THUMB_MM), (bottom - top - gap * (count + 1)) // count)
    spots, y = [], top + gap
    for camera_id in arrangement.on_page:
        if camera_id == arrangement.enlarged:
            spots.append(main)
        else:
            spots.append(Spot(0, y, mm.px(_THUMB_MM), side))
            y += side + gap
    return tuple(spots)
