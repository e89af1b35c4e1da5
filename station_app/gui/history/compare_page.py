"""Two parts: side by side, one over the other with a slider between them, or by turns. Both always show the same place.

GUI thread.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from station_app.gui.actions import BY_DEED, Deed, tool_caption
from station_app.gui.finding_list import findings_shown
from station_app.gui.frames import StoredFrame
from station_app.gui.history.detail_head import HEAD_MM, PartTitle
from station_app.gui.history.linked_canvas import LinkedCanvas
from station_app.gui.history.part_record import PartFrames, PartRecord, read_frames, read_record
from station_app.gui.history.split_bar import SplitBar
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.page_makers import PageTools
from station_app.gui.scaling import Scaler
from station_app.gui.touch_button import TouchButton

BLINK_MS = 600
"""Slower than what the eye takes for an alarm: below two changes a second."""
_BUTTON_MM, _GAP_MM = 26.0, 1.5
_RECORDS, _FRAMES = ("record one", "record two"), ("frames one", "frames two")
_ZOOMS = (Deed.ZOOM_IN, Deed.ZOOM_OUT, Deed.ZOOM_FIT)


class Manner(StrEnum):
    """How two images are compared."""

    BESIDE = "beside"
    SLIDER = "slider"
    BLINK = "blink"


class ComparePage(Page):
    """`left` goes back to where the comparison was asked for."""

    left = Signal()

    def __init__(self, tools: PageTools, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._scaler, self._reader = Scaler(), tools.new_reader()
        self._part_ids = (0, 0)
        self._frames: list[tuple[StoredFrame, ...]] = [(), ()]
        self._camera, self.manner = "", Manner.BESIDE
        self.titles = (PartTitle(look, self), PartTitle(look, self))
        self.canvases = tuple(LinkedCanvas(look.theme, look.mm, self, scaler=self._scaler) for _ in range(2))
        self.canvases[0].viewed.connect(self.canvases[1].follow)
        self.canvases[1].viewed.connect(self.canvases[0].follow)
        self.split = SplitBar(look, self)
        self.split.moved.connect(self._on_split)
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._blink.timeout.connect(self._on_blink)
        self._make_buttons(tools)
        self._reader.answered.connect(self._on_read, Qt.ConnectionType.QueuedConnection)

    def _make_buttons(self, tools: PageTools) -> None:
        guard, look = tools.guard, self._look
        self.back, self.camera = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.manners = {manner: TouchButton(look, guard, self) for manner in Manner}
        self.zooms = {deed: TouchButton(look, guard, self) for deed in _ZOOMS}
        for button in self._buttons():
            button.set_letters(2.8)
        for name, button in (*self.manners.items(), *self.zooms.items()):
            button.setObjectName(name)
            button.tapped.connect(self._on_manner if name in self.manners else self._on_zoom)
        self.back.tapped.connect(self.left)
        self.camera.tapped.connect(self.next_camera)
        self.retranslate()

    def _buttons(self) -> tuple[TouchButton, ...]:
        return (self.back, *self.manners.values(), *self.zooms.values(), self.camera)

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        zooms = {deed: partial(self._zoom, deed) for deed in _ZOOMS}
        return {**zooms, Deed.CANCEL: self.left.emit, Deed.NEXT_CAMERA: self.next_camera}

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for button in self._buttons():
            button.set_look(look)
        for title, canvas in zip(self.titles, self.canvases, strict=True):
            title.set_look(look)
            canvas.set_look(look.theme, look.mm)
        self.split.set_look(look)
        self._place()

    def retranslate(self) -> None:
        names = {
            Manner.BESIDE: self.tr("Side by side"),
            Manner.SLIDER: self.tr("Slider"),
            Manner.BLINK: self.tr("By turns"),
        }
        self.back.set_caption(self.tr("Back"), BY_DEED[Deed.CANCEL].key_name)
        for manner, button in self.manners.items():
            button.set_caption(names[manner])
            button.set_on(is_on=manner is self.manner)
        for deed, button in self.zooms.items():
            caption, name = tool_caption(deed)
            button.set_caption(caption, BY_DEED[deed].key_name, spoken=name)
        self.camera.set_caption(self._camera or self.tr("Camera"), BY_DEED[Deed.NEXT_CAMERA].key_name)
        for title in self.titles:
            title.retranslate()
        self.split.retranslate()

    def stop(self) -> None:
        self._blink.stop()
        self._scaler.stop()

    def open(self, first: int, second: int) -> None:
        """Read both parts."""
        self._part_ids, self._frames, self._camera = (first, second), [(), ()], ""
        for number, part_id in enumerate(self._part_ids):
            self.titles[number].show_part(None)
            self.canvases[number].set_findings(())
            self.canvases[number].set_empty_text("")
            self.canvases[number].show_frame(part_id, None)
            self._reader.ask(_RECORDS[number], partial(read_record, part_id))
            self._reader.ask(_FRAMES[number], partial(read_frames, part_id))
        self.show_manner(self.manner)

    def show_manner(self, manner: Manner) -> None:
        self.manner = manner
        self._turn()
        self.retranslate()
        self._place()

    def _turn(self) -> None:
        """Nothing blinks that nobody sees."""
        if self.manner is Manner.BLINK and self.isVisible():
            self._blink.start()
        else:
            self._blink.stop()

    def showEvent(self, event: QShowEvent) -> None:
        self._turn()

    def hideEvent(self, event: QHideEvent) -> None:
        self._turn()

    @Slot()
    def next_camera(self) -> None:
        """The same camera of both; the cameras of the first part by turns."""
        names = list(dict.fromkeys(frame.camera_id for frames in self._frames for frame in frames))
        if len(names) > 1:
            self._camera = names[(names.index(self._camera) + 1) % len(names)]
            self._fill()

    @Slot(str, object)
    def _on_read(self, kind: str, answer: object) -> None:
        for number, part_id in enumerate(self._part_ids):
            if isinstance(answer, PartRecord) and answer.part_id == part_id and kind == _RECORDS[number]:
                self._show_record(number, answer)
            elif isinstance(answer, PartFrames) and answer.part_id == part_id and kind == _FRAMES[number]:
                self._frames[number] = answer.frames
                self._fill()
                self.canvases[number].set_empty_text(self.tr("No image of this part is stored here"))

    def _show_record(self, number: int, record: PartRecord) -> None:
        missing = self.tr("Part {number} has no record").format(number=record.part_id)
        self.titles[number].show_part(record.inspection, missing)
        part = record.on_screen
        self.canvases[number].set_findings(findings_shown(part.inspected if part is not None else None))

    def _fill(self) -> None:
        names = [frame.camera_id for frames in self._frames for frame in frames]
        self._camera = self._camera if self._camera in names else next(iter(names), "")
        for number, canvas in enumerate(self.canvases):
            frame = next((f for f in self._frames[number] if f.camera_id == self._camera), None)
            canvas.show_frame(self._part_ids[number], frame.pixels if frame is not None else None, (), self._camera)
        lead = self.canvases[0].viewport
        if lead is not None:
            self.canvases[1].follow(lead)
        self.camera.setEnabled(len(set(names)) > 1)
        self.retranslate()

    @Slot()
    def _on_manner(self) -> None:
        self.show_manner(Manner(self.sender().objectName()))

    @Slot()
    def _on_zoom(self) -> None:
        self._zoom(Deed(self.sender().objectName()))

    def _zoom(self, deed: Deed) -> None:
        """Of the one that has an image; the other follows."""
        canvas = next((canvas for canvas in self.canvases if canvas.has_image), self.canvases[0])
        {Deed.ZOOM_IN: canvas.zoom_in, Deed.ZOOM_OUT: canvas.zoom_out, Deed.ZOOM_FIT: canvas.zoom_fit}[deed]()

    @Slot(float)
    def _on_split(self, _: float) -> None:
        self._mask()

    @Slot()
    def _on_blink(self) -> None:
        """The one on top comes and goes; its title says which is seen."""
        top = self.canvases[1]
        top.setVisible(top.isHidden())
        for title, is_seen in zip(self.titles, (top.isHidden(), not top.isHidden()), strict=True):
            title.set_seen(is_seen=is_seen)

    def _mask(self) -> None:
        """With the slider the upper image ends where the lower one is to be seen."""
        top = self.canvases[1]
        if self.manner is Manner.SLIDER:
            left = round(self.split.share * top.width())
            top.setMask(QRegion(left, 0, max(1, top.width() - left), top.height()))
        else:
            top.clearMask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap, x = self._look.mm.px, self._look.mm.px(_GAP_MM), 0
        head, half = px(HEAD_MM), (self.width() - px(_GAP_MM)) // 2
        for button in self._buttons():
            width = px(_BUTTON_MM)
            button.setGeometry(x, 0, width, head)
            x += width + gap
        for number, title in enumerate(self.titles):
            title.setGeometry(number * (half + gap), head + gap, half, head)
            title.set_seen(is_seen=True)
        top, foot = 2 * (head + gap), head + gap if self.manner is Manner.SLIDER else 0
        height = max(1, self.height() - top - foot)
        is_beside = self.manner is Manner.BESIDE
        for number, canvas in enumerate(self.canvases):
            x = number * (half + gap) if is_beside else 0
            canvas.setGeometry(QRect(x, top, half if is_beside else self.width(), height))
            canvas.setVisible(True)
        self.canvases[1].raise_()
        self.split.setVisible(self.manner is Manner.SLIDER)
        self.split.setGeometry(0, self.height() - head, self.width(), head)
        self._mask()
