"""Reads the part that is open in the history, and carries an answer about it to the engine. GUI thread."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Slot

from station_app.core.errors import StationError
from station_app.core.messages import CommandRefused, OverrideRecorded, RecordOverride, UndoOverride
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.answering import Answering
from station_app.gui.answers import Draft, to_command
from station_app.gui.bridge import Batch, Lost
from station_app.gui.defect_drawing import DefectDrawing
from station_app.gui.history.answer_rights import answers_offered, who_answers
from station_app.gui.history.detail_page import DetailPage
from station_app.gui.history.part_record import PartFrames, PartRecord, read_frames, read_record
from station_app.gui.page_makers import PageTools
from station_app.gui.questions import Asking, question_for
from station_app.gui.screen_state import PartOnScreen
from station_app.gui.sentences import NOT_RECORDED, sentence

_RECORD, _FRAMES = "record", "frames"
_ANSWERS = (RecordOverride.__name__, UndoOverride.__name__)


class DetailDesk(QObject):
    """One part at a time."""

    def __init__(self, page: DetailPage, tools: PageTools) -> None:
        super().__init__(page)
        self._page, self._tools = page, tools
        self._records, self._pictures = tools.new_reader(), tools.new_reader()
        self._answering = Answering()
        self._pending: Draft | None = None
        self._part_id, self._refusal = 0, ""
        self._viewed = QElapsedTimer()
        DefectDrawing(page.images, self._answering, tools.desk.notify).changed.connect(self.render)
        for reader in (self._records, self._pictures):
            reader.answered.connect(self._on_read, Qt.ConnectionType.QueuedConnection)
        self._records.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        page.answer_asked.connect(self.answer)
        page.question.chosen.connect(self._on_chosen)
        page.question.cancelled.connect(self.cancel)
        tools.desk.batch_taken.connect(self._on_batch_taken)

    @property
    def part_id(self) -> int:
        """The part that is open, 0 where none is."""
        return self._part_id

    @property
    def is_asking(self) -> bool:
        return self._answering.draft is not None

    def open(self, part_id: int) -> None:
        """Read another part. An answer that is not complete stays with the part before, and ends."""
        self._answering.drop()
        self._part_id, self._refusal = part_id, ""
        self._page.begin(part_id)
        self._viewed.start()
        self._records.ask(_RECORD, partial(read_record, part_id))
        self._pictures.ask(_FRAMES, partial(read_frames, part_id))
        self.render()

    def close(self) -> None:
        """Nobody looks at it any more."""
        self._answering.drop()
        self._part_id = 0
        self._records.forget(_RECORD)
        self._pictures.forget(_FRAMES)

    @Slot(object)
    def answer(self, deed: Deed) -> None:
        """One of the answers, by button or key; only what is offered."""
        disposition, part = BY_DEED[deed].disposition, self._part()
        state = self._tools.desk.state
        if disposition is None or self.is_asking or disposition not in answers_offered(part, state):
            return
        self._refusal = ""
        self._answering.begin(self._part_id, disposition, who_answers(state), int(self._viewed.elapsed()))
        self._go_on()

    @Slot()
    def cancel(self) -> None:
        self._answering.drop()
        self.render()

    @Slot()
    def render(self) -> None:
        """Bring the answers up to what is known."""
        state, answering = self._tools.desk.state, self._answering
        is_grid = self._page.images.arrangement.is_grid
        draft = answering.draft
        asked = question_for(answering.asking, draft, state, (), is_grid=is_grid)
        self._page.show_question(asked)
        drawn, drawn_on = (draft.marks, draft.camera_id) if draft is not None else ((), "")
        self._page.images.set_drawing(answering.asking is Asking.DEFECT, drawn, drawn_on)
        self._page.show_answers(self._part(), state, self._refusal)

    def _part(self) -> PartOnScreen | None:
        record = self._page.record
        part = record.on_screen if record is not None else None
        if part is not None and self._pending is not None and self._pending.part_id == part.part_id:
            return replace(part, pending=self._pending.disposition)
        return part

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self._answering.fill_in(value)
        self._go_on()

    def _go_on(self) -> None:
        """Ask what the answer still needs, or send it."""
        complete = self._answering.go_on()
        if complete is not None and self._tools.orders.send(to_command(complete)):
            self._pending = complete
        self.render()

    @Slot(str, object)
    def _on_read(self, kind: str, answer: object) -> None:
        if isinstance(answer, PartRecord):
            self._page.show_record(answer)
            self.render()
        elif isinstance(answer, PartFrames):
            self._page.show_frames(answer)

    @Slot(str, object)
    def _on_refused(self, kind: str, error: StationError) -> None:
        self._refusal = sentence(error.what)
        self.render()

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        """Done is what is on disk: after an answer, anybody's, the part is read again. Who is signed in and whether the
        engine answers came with the batch as well."""
        for news in batch.news:
            match news:
                case OverrideRecorded(part_id=part_id) if part_id == self._part_id:
                    self._pending = None
                    self._records.ask(_RECORD, partial(read_record, part_id))
                case CommandRefused(command=command) if command in _ANSWERS and self._pending is not None:
                    self._pending, self._refusal = None, sentence(news.what)
                case Lost() if self._pending is not None:
                    self._pending, self._refusal = None, sentence(NOT_RECORDED)
        if self._part_id:
            self.render()
