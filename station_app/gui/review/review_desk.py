"""Joins review screen, the engine's events and the records. Holds the state; owns no widget's inside. GUI thread."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from station_app.core.messages import EngineState, Event, OverrideRecorded, PartInspected, StateChanged
from station_app.core.review import Answer, Queue, Severity
from station_app.core.review_messages import ReviewRecorded, ReviewUndone, SuspectMarked
from station_app.gui.bridge import Batch, Lost
from station_app.gui.page_makers import PageTools
from station_app.gui.review import answering, questions, review_state
from station_app.gui.review.comparing import Comparing
from station_app.gui.review.drawing import Drawing
from station_app.gui.review.keys import ReviewDeed
from station_app.gui.review.part_labels import labels_shown
from station_app.gui.review.picturing import Picturing
from station_app.gui.review.questions import Asked, FactsRead, FramesRead, PageRead
from station_app.gui.review.review_screen import ReviewScreen
from station_app.gui.review.review_state import ReviewState, Step
from station_app.gui.review.sketching import Sketching
from station_app.gui.screen_state import ScreenState
from station_app.quality.estimate import CannotSay, Estimate

_FEW = 5
"""So few parts left of a page, and the next is read."""
_GROWN_AFTER_MS = 1000
"""The line's parts come faster than anybody reads how many wait: they are counted together."""
_CHANGES = ReviewRecorded | ReviewUndone | SuspectMarked | OverrideRecorded
_ANSWERS = {ReviewDeed.GOOD: Answer.GOOD, ReviewDeed.BAD: Answer.BAD, ReviewDeed.UNSURE: Answer.UNSURE}


class ReviewDesk(QObject):
    """One reviewer at a time. Nothing is asked of the records while the screen is not open."""

    def __init__(self, screen: ReviewScreen, tools: PageTools) -> None:
        super().__init__(screen)
        self._screen, self._tools = screen, tools
        self._reader = tools.new_reader()
        self._state = ReviewState()
        self._is_open = False
        self._began_ms = _now_ms()
        self._labels: tuple[str, ...] = ()
        self._agreement: Estimate | CannotSay | None = None
        self._pictures = Picturing(screen, self._reader)
        self._comparing = Comparing(screen, self._reader)
        self._sketching = Sketching(screen.canvas, screen.tools)
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(_GROWN_AFTER_MS)
        self._growing.timeout.connect(self._on_grown)
        self._connect()

    @property
    def state(self) -> ReviewState:
        return self._state

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self._reader.answered.connect(self._on_answered, queued)
        self._reader.refused.connect(self._on_refused, queued)
        self._tools.desk.batch_taken.connect(self._on_batch_taken)
        self._tools.desk.rendered.connect(self._on_rendered)
        screen = self._screen
        screen.opened.connect(self._on_opened)
        screen.left.connect(self._on_left)
        screen.asked.connect(self.do)
        screen.tools.asked.connect(self.do)
        screen.answer.asked.connect(self.do)
        screen.numbered.connect(screen.answer.tiles.choose)
        screen.answer.labelled.connect(self._on_labelled)
        screen.answer.graded.connect(self._on_graded)
        screen.answer.commented.connect(self._on_commented)
        screen.queues.chosen.connect(self.open_queue)
        screen.header.camera_chosen.connect(self._on_camera_chosen)
        screen.sign_in_asked.connect(self._tools.desk.ask_operator)
        self._sketching.changed.connect(self._on_sketched)

    @Slot()
    def _on_opened(self) -> None:
        self._is_open = True
        self._on_rendered(self._tools.desk.state)
        self._ask_queue()
        self._render()
        self._pictures.resume()

    @Slot()
    def _on_left(self) -> None:
        self._is_open = False
        self._pictures.pause()

    @Slot(object)
    def _on_rendered(self, station: ScreenState) -> None:
        """Who is signed in, what the line's recipe has for labels, and whether the window asks something."""
        self._screen.is_asking_elsewhere = self._tools.desk.asking is not None
        self._labels = station.station.labels if station.station is not None else ()
        who = self._state.session.name
        was_barred = self._state.bar
        self._state = review_state.with_session(self._state, station.session, is_connected=station.is_connected)
        if who != self._state.session.name:
            self._began_ms, self._agreement = _now_ms(), None
        if who != self._state.session.name or was_barred != self._state.bar:
            self._ask_queue()
        self._render()

    @Slot(object)
    def _on_batch_taken(self, batch: Batch) -> None:
        before = self._state
        for news in batch.news:
            self._take(StateChanged(EngineState.OFFLINE) if isinstance(news, Lost) else news)
        if any(isinstance(news, _CHANGES) for news in batch.news):
            self._ask_counts()
        elif self._is_open and any(isinstance(news, PartInspected) for news in batch.news):
            self._grow_soon()
        if self._state != before:
            self._render()

    def _grow_soon(self) -> None:
        if not self._growing.isActive():
            self._growing.start()

    @Slot()
    def _on_grown(self) -> None:
        """The line went on: more parts wait, also where nothing waited before."""
        self._ask_counts()
        if self._state.part is None:
            self._ask_page()

    def _take(self, news: Event) -> None:
        self._state = review_state.review_after(self._state, news)

    @Slot(object)
    def open_queue(self, queue: Queue) -> None:
        """From its beginning; what was not recorded is gone, as the person chose."""
        self._state = review_state.opened(self._state, queue)
        self._ask_queue()
        self._render()

    @Slot(object)
    def do(self, deed: ReviewDeed) -> None:
        """One deed of the table, by whatever means it was asked for."""
        if deed in _ANSWERS:
            self._set(answering.answered(self._state, _ANSWERS[deed]))
        elif self._comparing.do(deed) or self._sketching.do(deed):
            pass
        else:
            self._acts().get(deed, self._render)()

    def _acts(self) -> dict[ReviewDeed, Callable[[], None]]:
        return {
            ReviewDeed.SEVERITY: self._next_severity,
            ReviewDeed.COMMENT: self._screen.answer.comment.setFocus,
            ReviewDeed.RECORD: self.record,
            ReviewDeed.REVEAL: self._reveal,
            ReviewDeed.NEXT: self._go_on,
            ReviewDeed.SKIP: self._skip,
            ReviewDeed.UNDO: self._undo,
            ReviewDeed.CAMERA: self._next_camera,
            ReviewDeed.QUEUE: self._next_queue,
        }

    def record(self) -> None:
        """Send the answer; it counts once the engine says that it is on disk."""
        command = answering.to_record(self._state, self._pictures.viewed_ms())
        if command is not None and self._tools.orders.send(command):
            self._sketching.put_away()
            self._set(review_state.sent(self._state))

    def _reveal(self) -> None:
        self._set(review_state.revealed(self._state))

    def _go_on(self) -> None:
        if self._state.step is Step.REVEALED:
            self._set(review_state.gone_on(self._state))
            self._after_part()

    def _skip(self) -> None:
        before = self._state
        self._set(review_state.passed_over(self._state))
        if self._state is not before:
            self._after_part()

    def _undo(self) -> None:
        command = review_state.to_undo(self._state)
        if command is not None:
            self._tools.orders.send(command)

    def _next_severity(self) -> None:
        order = (None, *Severity)
        following = order[(order.index(self._state.draft.severity) + 1) % len(order)]
        current = self._state.draft.severity
        if following is not None:
            self._on_graded(following)
        elif current is not None:
            self._on_graded(current)

    def _next_queue(self) -> None:
        order = tuple(Queue)
        self.open_queue(order[(order.index(self._state.queue) + 1) % len(order)])

    def _next_camera(self) -> None:
        self._sketching.put_away()
        self._pictures.next_camera()
        self._render()

    @Slot(str)
    def _on_labelled(self, label: str) -> None:
        self._set(answering.labelled(self._state, label))

    @Slot(object)
    def _on_graded(self, severity: Severity) -> None:
        self._set(answering.graded(self._state, severity))

    @Slot(str)
    def _on_commented(self, comment: str) -> None:
        self._set(answering.commented(self._state, comment))

    @Slot(object)
    def _on_sketched(self, drawing: Drawing) -> None:
        self._set(answering.sketched(self._state, drawing))

    @Slot(str)
    def _on_camera_chosen(self, _: str) -> None:
        """What is compared with follows to the other camera."""
        self._sketching.put_away()
        self._render()

    def _set(self, state: ReviewState) -> None:
        self._state = state
        self._render()

    def _after_part(self) -> None:
        """Another part is on the screen."""
        if len(self._state.parts) < _FEW:
            self._ask_page()

    def _ask_queue(self) -> None:
        self._ask_counts()
        self._ask_page()

    def _ask_counts(self) -> None:
        name = self._state.session.name
        if self._is_open and name:
            self._reader.ask(Asked.COUNTS, partial(questions.counts, reviewer=name))
            self._reader.ask(Asked.AGREEMENT, partial(questions.agreement, reviewer=name, since_ms=self._began_ms))

    def _ask_page(self) -> None:
        if self._is_open and self._state.bar is None:
            asked = partial(questions.page, queue=self._state.queue, reviewer=self._state.session.name)
            self._reader.ask(Asked.PAGE, asked)

    @Slot(str, object)
    def _on_answered(self, kind: str, answer: object) -> None:
        match answer:
            case PageRead(queue, reviewer, parts) if (queue, reviewer) == self._asked_for():
                self._state = review_state.with_parts(self._state, parts)
            case FramesRead():
                self._pictures.take(kind, answer)
            case FactsRead(part, facts):
                self._state = review_state.with_facts(self._state, part, facts)
            case tuple() if kind == Asked.COUNTS:
                self._state = review_state.with_counts(self._state, answer)
            case Estimate() | CannotSay():
                self._agreement = answer
            case _:
                self._comparing.take(answer)
        self._render()

    def _asked_for(self) -> tuple[Queue, str]:
        return self._state.queue, self._state.session.name

    @Slot(str, object)
    def _on_refused(self, kind: str, error: object) -> None:
        """What the records refuse is said beside the line's state, and the screen stays as it is."""
        self._tools.desk.notify(str(error))

    def _render(self) -> None:
        if not self._is_open:
            return
        self._pictures.show(self._state)
        self._sketching.show(self._state)
        now_ms = self._tools.desk.state.clock_ms or _now_ms()
        labels = labels_shown(self._pictures.labels, self._labels)
        self._screen.show_state(self._state, labels, self._agreement, now_ms)
        self._comparing.show(self._state)
        if review_state.wants_facts(self._state) and self._state.part is not None:
            has_reviews = review_state.may_see_reviews(self._state)
            asked = partial(questions.facts, part=self._state.part, has_reviews=has_reviews)
            self._reader.ask(Asked.FACTS, asked)
        else:
            self._reader.forget(Asked.FACTS)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
