"""An image whose view follows another's: two parts are seen at the same place and in the same size. GUI thread."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from station_app.gui.image_canvas import ImageCanvas
from station_app.gui.viewport import Viewport


def view_like(view: Viewport, lead: Viewport) -> Viewport:
    """`view` at the place of its own frame that `lead` shows of its own; frames of two sizes are taken as alike."""
    centre_x = lead.centre_x * view.frame_width / lead.frame_width
    centre_y = lead.centre_y * view.frame_height / lead.frame_height
    return replace(view, zoom=lead.zoom, centre_x=centre_x, centre_y=centre_y)


class LinkedCanvas(ImageCanvas):
    """`viewed` carries the view that a person has chosen here."""

    viewed = Signal(object)

    @Slot(object)
    def follow(self, lead: Viewport) -> None:
        """Show what the other one shows; that is no choice of its own."""
        own = self.viewport
        if own is not None:
            super()._view(view_like(own, lead))

    def _view(self, viewport: Viewport) -> None:
        super()._view(viewport)
        self.viewed.emit(viewport)
