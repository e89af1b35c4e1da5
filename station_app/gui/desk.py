"""Joins the engine's events, the operator's deeds and the screen. Holds the state; owns no widget's inside. GUI thread.

What is shown follows from three things: the state that the events made, the part that is pinned (looked back at or
being answered), and the answer that is being given.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from station_app.core.inspection import Disposition
from station_app.core.messages import Event, HealthReported
from station_app.core.serial import CodeInput
from station_app.gui import sentences
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.answering import Answering
from station_app.gui.answers import Draft, allowed, to_command
from station_app.gui.archive_reader import ArchiveReader
from station_app.gui.asked import Asked
from station_app.gui.asked_view import view_of
from station_app.gui.bridge import Bridge, Lost
from station_app.gui.defect_drawing import DefectDrawing
from station_app.gui.operator_screen import OperatorScreen
from station_app.gui.orders import Orders
from station_app.gui.questions import Asking
from station_app.gui.screen_state import Notice, PartOnScreen, ScreenState, after, disconnected, with_pending
from station_app.gui.serial_entry import is_offered
from station_app.gui.showing import Showing

LOOK_BACK_MS = 10_000


class Desk(QObject):
    """One operator at one station. `rendered` carries the state shown, `batch_taken` what the bridge brought. The timer
    `returning` runs while a look back lasts."""

    rendered = Signal(object)
    batch_taken = Signal(object)
    cancelled = Signal()

    def __init__(self, screen: OperatorScreen, bridge: Bridge, archive: ArchiveReader) -> None:
        super().__init__(screen)
        self._screen, self._bridge = screen, bridge
        self._orders = Orders(bridge, self.notify)
        self._showing = Showing(screen, archive)
        self._state = ScreenState()
        self._answering = Answering()
        self._asked = Asked(screen.question, self._orders, self._answering, self)
        self._drawing = DefectDrawing(screen.images, self._answering, self.notify)
        self._live_id: int | None = None
        self._touched_id: int | None = None
        self.returning = QTimer(self, singleShot=True, interval=LOOK_BACK_MS)
        self.returning.timeout.connect(self.return_to_live)
        bridge.ready.connect(self._on_ready, Qt.ConnectionType.QueuedConnection)
        self._connect_screen(screen)

    def _connect_screen(self, screen: OperatorScreen) -> None:
        screen.bar.touched.connect(self._on_touched)
        screen.bar.asked.connect(self.do)
        screen.tools.asked.connect(self.do)
        screen.strip.looked_back.connect(self.look_back)
        self._drawing.changed.connect(self.render)
        screen.question.chosen.connect(self.choose)
        screen.question.typed.connect(self._asked.enter)
        self._asked.filled_in.connect(self._go_on)
        self._asked.changed.connect(self.render)
        self._asked.signed_out.connect(self.cancel)
        screen.engine.serial_asked.connect(self._on_serial_asked)
        screen.question.cancelled.connect(self.cancel)
        screen.alarm.acknowledged.connect(self.acknowledge)
        screen.top.recipe_asked.connect(self._on_recipe_asked)
        screen.top.operator_asked.connect(self.ask_operator)

    @property
    def state(self) -> ScreenState:
        return self._state

    @property
    def asking(self) -> Asking | None:
        return self._answering.asking

    @property
    def shown(self) -> PartOnScreen | None:
        """The part on the screen: the pinned one, else the live one."""
        if self._state.pinned is not None:
            return self._state.pinned
        live = self._state.find(self._live_id) if self._live_id is not None else None
        return live or self._state.newest

    @Slot()
    def _on_ready(self) -> None:
        batch = self._bridge.take()
        for news in batch.news:
            self._take(news)
        self._live_id = self._showing.live(batch.preview, self._state, self._live_id)
        self.render()
        self.batch_taken.emit(batch)

    def _take(self, news: Event | Lost) -> None:
        if isinstance(news, Lost):
            self._lose(news.reason)
            return
        self._state = after(self._state, news)
        if isinstance(news, HealthReported):
            self._showing.ask_again()
        self._asked.know(self._state)
        self._asked.hear(news)

    def _lose(self, reason: str) -> None:
        self._asked.hear(Lost(reason))
        if self._state.is_connected:
            self._showing.forget_sequences()
            self._state = disconnected(self._state, sentences.NOT_RECORDED)
        self._state = replace(self._state, failure=reason)

    @Slot()
    def render(self) -> None:
        """Bring the screen up to the state."""
        is_grid = self._screen.images.arrangement.is_grid
        view = view_of(self._state, self.shown, self._answering, is_grid=is_grid)
        self._showing.show(self._state, view)
        self.rendered.emit(self._state)

    @Slot(object)
    def do(self, deed: Deed) -> None:
        """One deed of the table, by whatever means it was asked for."""
        action = BY_DEED[deed]
        self._state = replace(self._state, notice=None)
        if action.disposition is not None:
            self._answer(action.disposition)
            return
        plain: dict[Deed, Callable[[], object]] = {
            Deed.RUN_PAUSE: partial(self._orders.run_or_pause, self._state),
            **self._screen.deeds(),
            Deed.LOOK_BACK: partial(self._look_by, -1),
            Deed.LOOK_FORWARD: partial(self._look_by, 1),
            Deed.ACKNOWLEDGE: partial(self.acknowledge, self._state.alarm.code if self._state.alarm else ""),
            Deed.CANCEL: self.cancel,
            Deed.SERIAL: self._on_serial_asked,
        }
        if deed in plain:
            plain[deed]()
        self.render()

    @Slot()
    def _on_touched(self) -> None:
        """The answer belongs to the part that was seen when the finger went down."""
        self._touched_id = self.shown.part_id if self.shown else None

    def _answer(self, disposition: Disposition) -> None:
        part = self._state.find(self._touched_id) if self._touched_id is not None else None
        part, self._touched_id = part or self.shown, None
        if part is None or self._answering.draft is not None:
            return
        if disposition in allowed(part, is_connected=self._state.is_connected):
            self._answering.begin(part.part_id, disposition, self._state.operator, self._showing.viewed_ms)
            self._state = replace(self._state, pinned=part)
            self._go_on()
        elif disposition is Disposition.UNDO and self._state.last_answered is not None:
            self.look_back(self._state.last_answered.part_id)  # undone only once it is seen
        else:
            self.notify(sentences.NO_SUCH_ANSWER)

    @Slot()
    def _go_on(self) -> None:
        """Ask what the answer still needs, or send it."""
        complete = self._answering.go_on()
        if complete is None:
            self.returning.stop()
            self.render()
        else:
            self._record(complete)

    def _record(self, draft: Draft) -> None:
        """Send the answer; then back to the line at once, or to the look-back that it was given in."""
        if self._orders.send(to_command(draft)):
            self._state = with_pending(self._state, draft.part_id, draft.disposition)
        if self._state.newest is not None and draft.part_id == self._state.newest.part_id:
            self.return_to_live()
        else:
            self.returning.start()
            self.render()

    @Slot(str)
    def choose(self, value: str) -> None:
        """A tile of the question, or what was typed into its field."""
        self._asked.choose(value)

    @Slot(str)
    def sign_in(self, operator: str) -> None:
        """A name from a tile or the field; an empty one signs out."""
        self._asked.sign_in(operator)

    def take_badge(self, text: str) -> None:
        """A badge that was scanned."""
        self._asked.take_badge(text)

    @Slot()
    def cancel(self) -> None:
        """Drop the question, or stop looking back."""
        if not self._answering.drop():
            self.return_to_live()
        self.cancelled.emit()
        self.render()

    @Slot(int)
    def look_back(self, part_id: int) -> None:
        """Show an earlier part for ten seconds; the newest one means back to the line."""
        part = self._state.find(part_id)
        if self._answering.draft is not None or part is None:
            return
        if part == self._state.newest:
            self.return_to_live()
        else:
            self._state = replace(self._state, pinned=part)
            self.returning.start()
            self.render()

    @Slot()
    def return_to_live(self) -> None:
        self.returning.stop()
        self._state = replace(self._state, pinned=None)
        self.render()

    def _look_by(self, step: int) -> None:
        neighbour = self._state.neighbour(self.shown, step)
        if neighbour is not None:
            self.look_back(neighbour.part_id)

    @Slot(str)
    def acknowledge(self, code: str) -> None:
        """A person has seen this alarm; "" is none."""
        if code and code not in self._state.acknowledged and self._orders.acknowledge(code, self._state.operator):
            self._state = replace(self._state, acknowledged=self._state.acknowledged | {code})
            self.render()

    def take_serial(self, serial: str) -> None:
        """The scanned number of the next part, or of the roll that is asked for; the engine says whether it holds."""
        if self.asking is Asking.ROLL:
            self.choose(serial)
        elif not self._asked.take_serial(serial):
            self._orders.set_serial(serial, CodeInput.SCANNED)

    def set_lot(self, lot: str) -> None:
        self._orders.set_lot(lot, self.state.operator)

    def select_recipe(self, recipe: str) -> None:
        """A recipe from a tile or a code; the engine says whether it can be now."""
        self._orders.select_recipe(recipe, self._state.operator)
        self.render()

    def notify(self, what: str, value: str = "") -> None:
        """One of `sentences` beside the machine's state."""
        notice = Notice(what, value=value, said_at_ms=self._state.clock_ms)
        self._state = replace(self._state, notice=notice)
        self.render()

    @Slot()
    def _on_recipe_asked(self) -> None:
        self.ask(Asking.RECIPE)

    @Slot()
    def ask_operator(self) -> None:
        """Who stands here."""
        self.ask(Asking.SIGN_IN)

    @Slot()
    def _on_serial_asked(self) -> None:
        if is_offered(self._state):
            self.ask(Asking.SERIAL)
        else:
            self.notify(sentences.NO_TYPED_SERIAL)

    def ask(self, asking: Asking) -> None:
        """Open a question that is about no part, unless an answer is being given."""
        if self._answering.draft is None:
            self._answering.asking = asking
            self.render()
