"""What fingers and keys draw on the image becomes the drawing of the answer. GUI thread."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from station_app.core.inspection import Box, Polygon
from station_app.core.review import Brush
from station_app.gui.review import answering
from station_app.gui.review import drawing as sketch
from station_app.gui.review.drawing import Drawing
from station_app.gui.review.facts import contest
from station_app.gui.review.keys import ReviewDeed
from station_app.gui.review.review_state import ReviewState
from station_app.gui.review.sketch_canvas import SketchCanvas
from station_app.gui.review.tool_bar import ToolBar
from station_app.gui.review.tools import Tool, next_tool
from station_app.gui.tone import PLAIN


class Sketching(QObject):
    """`changed` carries the drawing as it is now."""

    changed = Signal(object)

    def __init__(self, canvas: SketchCanvas, bar: ToolBar) -> None:
        super().__init__(canvas)
        self._canvas, self._bar = canvas, bar
        self._drawing, self._label = Drawing(), ""
        self._is_open = False
        self._tone = PLAIN
        canvas.box_drawn.connect(self._on_box)
        canvas.polygon_drawn.connect(self._on_polygon)
        canvas.stroke_drawn.connect(self._on_stroke)
        canvas.pointed.connect(self._on_pointed)
        bar.tool_chosen.connect(self.take_tool)

    def show(self, state: ReviewState) -> None:
        """The drawing of the answer, and those of the people who differ where an adjudicator may see them."""
        self._drawing, self._label = state.draft.drawing, state.draft.label
        self._is_open = answering.is_open(state)
        sides = contest(state.facts) if state.is_adjudication and state.facts is not None else ()
        self._canvas.set_sketch(self._drawing, tuple(review.drawn for review in sides))
        if not self._is_open:
            self.put_away()

    def do(self, deed: ReviewDeed) -> bool:
        """Whether the deed was one of drawing or seeing, and is done."""
        seeing = self._seeing()
        if deed in seeing:
            seeing[deed]()
        elif deed is ReviewDeed.RECORD and self._canvas.has_open_polygon:
            self._canvas.close_polygon()
        elif deed is ReviewDeed.DRAW and self._is_open:
            self.take_tool(next_tool(self._canvas.tool))
        elif deed in _STEPS and self._is_open:
            self._tell(_STEPS[deed](self._drawing))
        else:
            return False
        return True

    def _seeing(self) -> dict[ReviewDeed, Callable[[], None]]:
        canvas = self._canvas
        return {
            ReviewDeed.ZOOM_IN: canvas.zoom_in,
            ReviewDeed.ZOOM_OUT: canvas.zoom_out,
            ReviewDeed.FIT: canvas.zoom_fit,
            ReviewDeed.FULL: canvas.zoom_full,
            ReviewDeed.LEFT: partial(canvas.pan, -1, 0),
            ReviewDeed.RIGHT: partial(canvas.pan, 1, 0),
            ReviewDeed.UP: partial(canvas.pan, 0, -1),
            ReviewDeed.DOWN: partial(canvas.pan, 0, 1),
            ReviewDeed.DARKER: partial(self._set_tone, brighter=-1),
            ReviewDeed.BRIGHTER: partial(self._set_tone, brighter=1),
            ReviewDeed.FLATTER: partial(self._set_tone, stronger=-1),
            ReviewDeed.STRONGER: partial(self._set_tone, stronger=1),
            ReviewDeed.THINNER: partial(canvas.thicken, -1),
            ReviewDeed.THICKER: partial(canvas.thicken, 1),
            ReviewDeed.LEAVE: self.put_away,
        }

    def _set_tone(self, brighter: int = 0, stronger: int = 0) -> None:
        self._tone = self._tone.brighter(brighter).stronger(stronger)
        self._canvas.set_tone(self._tone)

    @Slot()
    def put_away(self) -> None:
        """Back to the hand."""
        if self._canvas.tool is not Tool.HAND:
            self.take_tool(Tool.HAND)

    @Slot(object)
    def take_tool(self, tool: Tool) -> None:
        self._canvas.set_tool(tool)
        self._bar.show_tool(tool)

    @Slot(object)
    def _on_box(self, box: Box) -> None:
        self._tell(sketch.with_box(self._drawing, self._label, self._canvas.camera_id, box))

    @Slot(object)
    def _on_polygon(self, polygon: Polygon) -> None:
        self._tell(sketch.with_polygon(self._drawing, self._label, self._canvas.camera_id, polygon))

    @Slot(object)
    def _on_stroke(self, brush: Brush) -> None:
        if self._canvas.tool is Tool.ERASER:
            self._tell(sketch.rubbed(self._drawing, self._canvas.camera_id, brush))
        else:
            self._tell(sketch.with_stroke(self._drawing, self._label, self._canvas.camera_id, brush))

    @Slot(float, float)
    def _on_pointed(self, x: float, y: float) -> None:
        self._tell(sketch.chosen_at(self._drawing, self._canvas.camera_id, x, y))

    def _tell(self, drawing: Drawing) -> None:
        if self._is_open and drawing != self._drawing:
            self.changed.emit(drawing)


_STEPS: dict[ReviewDeed, Callable[[Drawing], Drawing]] = {
    ReviewDeed.UNDO: sketch.undone,
    ReviewDeed.REDO: sketch.redone,
    ReviewDeed.DELETE: sketch.deleted,
}
