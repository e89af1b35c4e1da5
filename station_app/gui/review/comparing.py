"""Another part beside the one under review: which ones there are, which is chosen, and where the line between them is.

GUI thread.
"""

from functools import partial

from PySide6.QtCore import QObject, Slot

from station_app.core.review import QueuedPart
from station_app.gui.frames import StoredFrame
from station_app.gui.overlay import Overlay, OverlayKind
from station_app.gui.reading import Reader
from station_app.gui.review import questions
from station_app.gui.review.keys import ReviewDeed
from station_app.gui.review.near_strip import NearPart
from station_app.gui.review.questions import Asked, ComparedRead, NearRead
from station_app.gui.review.review_screen import ReviewScreen
from station_app.gui.review.review_state import ReviewState


class Comparing(QObject):
    """Asks for what is near once for each part, and once more when it is revealed."""

    def __init__(self, screen: ReviewScreen, reader: Reader) -> None:
        super().__init__(screen)
        self._screen, self._reader = screen, reader
        self._asked: tuple[QueuedPart, bool] | None = None
        self._near: NearRead | None = None
        self._chosen: NearPart | None = None
        self._frames: tuple[StoredFrame, ...] = ()
        self._laid: tuple[int, str, float] | None = None
        screen.near.chosen.connect(self._on_chosen)
        screen.split.moved.connect(self._on_moved)

    def do(self, deed: ReviewDeed) -> bool:
        """Compare with the first good part there is, or stop comparing."""
        if deed is not ReviewDeed.COMPARE:
            return False
        parts = self._near.parts if self._near is not None else ()
        self._choose(None if self._chosen is not None else next(iter(parts), None))
        return True

    def show(self, state: ReviewState) -> None:
        """Bring strip, slider and image up to the part on the screen."""
        part = state.part if state.bar is None else None
        wanted = None if part is None else (part, state.is_hidden)
        if wanted != self._asked:
            is_another = wanted is None or self._asked is None or wanted[0] != self._asked[0]
            self._asked = wanted
            if is_another:
                self._near, self._chosen, self._frames = None, None, ()
            if wanted is not None:
                tile_px = max(1, self._screen.near.height())
                asked = partial(questions.near, part=wanted[0], is_hidden=wanted[1], tile_px=tile_px)
                self._reader.ask(Asked.NEAR, asked)
        self._render()

    def take(self, answer: object) -> None:
        """An answer of the records, where it is one of these."""
        match answer:
            case NearRead(part, _, are_nearest) if self._asked == (part, not are_nearest):
                self._near = answer
            case ComparedRead(part_id, frames) if self._chosen is not None and part_id == self._chosen.part_id:
                self._frames = frames

    @Slot(object)
    def _on_chosen(self, part: NearPart) -> None:
        """The same once more stops comparing."""
        is_same = self._chosen is not None and self._chosen.part_id == part.part_id
        self._choose(None if is_same else part)

    def _choose(self, part: NearPart | None) -> None:
        self._chosen, self._frames = part, ()
        if part is not None:
            self._reader.ask(Asked.COMPARED, partial(questions.compared, part_id=part.part_id))
        self._render()

    @Slot(float)
    def _on_moved(self, _: float) -> None:
        self._lay()

    def _render(self) -> None:
        parts = self._near.parts if self._near is not None else None
        compared = self._chosen.part_id if self._chosen is not None else None
        are_nearest = self._near is not None and self._near.are_nearest
        self._screen.near.show_parts(parts, compared, are_nearest=are_nearest)
        self._screen.split.show_compared(is_good=self._chosen.is_good if self._chosen is not None else None)
        self._lay()

    def _lay(self) -> None:
        """The same camera's picture of the other part, seen through the same view."""
        canvas, share = self._screen.canvas, self._screen.split.share
        frame = next((frame for frame in self._frames if frame.camera_id == canvas.camera_id), None)
        laid = (
            (self._chosen.part_id, canvas.camera_id, share) if frame is not None and self._chosen is not None else None
        )
        if laid == self._laid:
            return
        self._laid = laid
        canvas.set_overlay(None if frame is None else Overlay(frame.pixels, OverlayKind.SPLIT, share))
