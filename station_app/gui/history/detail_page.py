"""One part of the history, large: image with marks, all that is known of it, and the answers. Layout and words only.

GUI thread.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.history import HistoryFilter
from station_app.core.inspection import Disposition
from station_app.core.people import Act
from station_app.gui.actions import Deed
from station_app.gui.camera_grid import CameraGrid
from station_app.gui.finding_list import findings_shown
from station_app.gui.history.answer_rights import answers_offered, may_mark, who_answers
from station_app.gui.history.detail_foot import ANSWERS, FOOT_MM, DetailFoot
from station_app.gui.history.detail_head import HEAD_MM, DetailHead
from station_app.gui.history.exports import ExportScope
from station_app.gui.history.facts import sections_of
from station_app.gui.history.facts_pane import FactsPane
from station_app.gui.history.part_record import PartFrames, PartRecord
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.page_makers import PageTools
from station_app.gui.question import Question, QuestionPane
from station_app.gui.rights import why_not
from station_app.gui.screen_state import PartOnScreen, ScreenState
from station_app.gui.sentences import sentence
from station_app.gui.texts import recorded_words
from station_app.gui.tools import Tools

_NUMBERS = tuple("123456789")
_TOOLS_MM, _FACTS_MM, _QUESTION_MM, _GAP_MM = 20.0, 96.0, 40.0, 2.0


class DetailPage(Page):
    """`left` goes back to the table, `step_asked` carries -1 for the older neighbour and 1 for the newer one."""

    left = Signal()
    step_asked = Signal(int)
    compare_asked = Signal()
    answer_asked = Signal(object)
    suspect_asked = Signal()

    def __init__(
        self, tools: PageTools, look: Look, where: Callable[[], HistoryFilter], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._where = where
        self._record: PartRecord | None = None
        self._has_frames = False
        self.head, self.images = DetailHead(look, tools.guard, self), CameraGrid(look, tools.guard, self)
        self.tools, self.facts = Tools(look, tools.guard, self, has_heat=False), FactsPane(look, self)
        self.foot = DetailFoot(tools, look, self._scope, self)
        self.question = QuestionPane(look, tools.guard, self)
        self.question.hide()
        self.head.left.connect(self.left)
        self.head.older_asked.connect(self._on_older)
        self.head.newer_asked.connect(self._on_newer)
        self.head.compare_asked.connect(self.compare_asked)
        self.head.suspect_asked.connect(self.suspect_asked)
        self.foot.asked.connect(self.answer_asked)
        self.tools.asked.connect(self._on_tool)
        self.tools.marks_hidden.connect(self.images.set_marks_hidden)

    @property
    def record(self) -> PartRecord | None:
        return self._record

    def deeds(self) -> dict[Deed, Callable[[], None]]:
        answers = {deed: partial(self.answer_asked.emit, deed) for deed in ANSWERS}
        ways = {Deed.LOOK_BACK: self._on_older, Deed.LOOK_FORWARD: self._on_newer, Deed.CANCEL: self.left.emit}
        return {**self.images.deeds(), **answers, **ways}

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.head.set_look(look)
        self.tools.set_look(look)
        self.images.set_look(look)
        self.facts.set_look(look)
        self.foot.set_look(look)
        self.question.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.head.retranslate()
        self.tools.retranslate()
        self.images.retranslate()
        self.foot.retranslate()
        self._say(is_other_part=False)

    def stop(self) -> None:
        self.images.stop()

    def begin(self, part_id: int) -> None:
        """Another part is read; until it has come nothing of the one before stands for it."""
        self._record, self._has_frames = PartRecord(part_id, None), False
        self.images.set_findings(())
        self.images.set_empty_text("")
        self.images.show_frames(part_id, ())
        self.facts.show_sections((), is_other_part=True)
        self.head.title.show_part(None)

    def show_record(self, record: PartRecord) -> None:
        """What is on disk; where it is not about the part that is open, it came too late."""
        if self._record is None or record.part_id != self._record.part_id:
            return
        self._record = record
        part = record.on_screen
        self.images.set_findings(findings_shown(part.inspected if part is not None else None))
        cameras = record.inspection.cameras if record.inspection is not None else ()
        self.images.set_cameras([camera.camera_id for camera in cameras])
        self._say(is_other_part=True)

    def show_frames(self, read: PartFrames) -> None:
        if self._record is None or read.part_id != self._record.part_id:
            return
        self._has_frames = True
        self.images.show_frames(read.part_id, read.frames)
        self._say_no_image()

    def show_ways(self, *, has_older: bool, has_newer: bool) -> None:
        self.head.show_ways(has_older=has_older, has_newer=has_newer)

    def show_answers(self, part: PartOnScreen | None, state: ScreenState, refusal: str) -> None:
        """What may be answered, and in words why nothing may; `refusal` is what became of the last answer."""
        offered = answers_offered(part, state)
        self.foot.show_offered(offered, part.inspected.verdict if part is not None else None)
        self.head.show_right(may_mark=may_mark(part, state))
        if refusal:
            self.foot.note.say(refusal, is_warning=True)
        elif part is not None and part.pending is not None:
            self.foot.note.say(self.tr("Recording…"))
        elif not who_answers(state):
            self.foot.note.say(self.tr("Sign in to decide"))
        elif why := why_not(Act.OVERRIDE, state.session):
            self.foot.note.say(sentence(why))
        else:
            said = self._standing_words(part, can_change=bool(offered))
            self.foot.note.say(said or self._why_no_export())

    def _why_no_export(self) -> str:
        why = self.foot.exports.why_not
        return self.tr("Evidence pack: {why}").format(why=why) if why else ""

    def _standing_words(self, part: PartOnScreen | None, *, can_change: bool) -> str:
        """What was decided, and that it is on disk; "" where nothing stands."""
        if part is None or part.standing is None or part.standing is Disposition.UNDO:
            return ""
        said = recorded_words(part.standing, part.inspected.verdict, part.operator)
        why = "" if can_change else self.tr("Only a lead may take back what was decided")
        return "\n".join(filter(None, (said, why)))

    def show_question(self, question: Question | None) -> None:
        if question is not None:
            self.question.ask(question)
        self.question.setVisible(question is not None)
        self.foot.setVisible(question is None)
        self._place()

    def _scope(self) -> ExportScope | None:
        record = self._record
        if record is None or record.inspection is None:
            return None
        return ExportScope(self._where(), record.part_id, record.inspection.serial)

    def _say(self, *, is_other_part: bool) -> None:
        record = self._record
        if record is None:
            return
        missing = self.tr("Part {number} has no record").format(number=record.part_id)
        self.head.title.show_part(record.inspection, missing)
        self.facts.show_sections(sections_of(record), is_other_part=is_other_part)
        self._say_no_image()

    def _say_no_image(self) -> None:
        """Only once it is known."""
        self.images.set_empty_text(self.tr("No image of this part is stored here") if self._has_frames else "")

    @Slot()
    def _on_older(self) -> None:
        self.step_asked.emit(-1)

    @Slot()
    def _on_newer(self) -> None:
        self.step_asked.emit(1)

    @Slot(object)
    def _on_tool(self, deed: Deed) -> None:
        self.images.deeds()[deed]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The number on a tile chooses it; every other key is the window's."""
        if event.text() in _NUMBERS and not self.question.isHidden():
            self.question.choose(int(event.text()))
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap = self._look.mm.px, self._look.mm.px(_GAP_MM)
        head = px(HEAD_MM)
        foot = px(_QUESTION_MM if not self.question.isHidden() else FOOT_MM)
        top, height = head + gap, max(1, self.height() - head - foot - 2 * gap)
        facts, tools = px(_FACTS_MM), px(_TOOLS_MM)
        self.head.setGeometry(0, 0, self.width(), head)
        self.tools.setGeometry(0, top, tools, height)
        self.images.setGeometry(tools + gap, top, max(1, self.width() - tools - facts - 2 * gap), height)
        self.facts.setGeometry(self.width() - facts, top, facts, height)
        for piece in (self.foot, self.question):
            piece.setGeometry(0, self.height() - foot, self.width(), foot)
