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
from station_app.gui.bridge import Bridge, Lost
from station_app.gui.defect_drawing import DefectDrawing
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.orders import Orders
from station_app.gui.questions import Asking, question_for
from station_app.gui.screen_state import Notice, PartOnScreen, ScreenState, after, disconnected, with_pending
from station_app.gui.serial_entry import SerialEntry, is_offered
from station_app.gui.showing import Showing

LOOK_BACK_MS = 10_000


class Desk(QObject):
    """One operator at one station. `rendered` carries the state shown, `batch_taken` what the bridge brought."""

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
        self._serials = SerialEntry(screen.question, self._orders)
        self._drawing = DefectDrawing(screen.images, self._answering, self.notify)
        self._live_id: int | None = None
        self._touched_id: int | None = None
        self._return = QTimer(self)
        self._return.setSingleShot(True)
        self._return.setInterval(LOOK_BACK_MS)
        self._return.timeout.connect(self.return_to_live)
        bridge.ready.connect(self._on_ready, Qt.ConnectionType.QueuedConnection)
        self._connect_screen(screen)

    def _connect_screen(self, screen: OperatorScreen) -> None:
        screen.bar.touched.connect(self._on_touched)
        screen.bar.asked.connect(self.do)
        screen.tools.asked.connect(self.do)
        screen.strip.looked_back.connect(self.look_back)
        self._drawing.changed.connect(self.render)
        screen.question.chosen.connect(self.choose)
        screen.question.typed.connect(self._on_typed)
        screen.engine.serial_asked.connect(self._on_serial_asked)
        screen.question.cancelled.connect(self.cancel)
        screen.alarm.acknowledged.connect(self.acknowledge)
        screen.top.recipe_asked.connect(self._on_recipe_asked)
        screen.top.operator_asked.connect(self.ask_operator)

    def set_look_back_ms(self, look_back_ms: int) -> None:
        """How long a look back lasts."""
        self._return.setInterval(look_back_ms)

    def will_return(self) -> bool:
        """Whether the screen goes back to the line by itself."""
        return self._return.isActive()

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
        if not isinstance(news, Lost):
            self._state = after(self._state, news)
        else:
            self._lose(news.reason)
        if isinstance(news, HealthReported):
            self._showing.ask_again()
        if self.asking is Asking.SERIAL and not isinstance(news, Lost) and self._serials.is_ended_by(news):
            self._answering.drop()

    def _lose(self, reason: str) -> None:
        if self._state.is_connected:
            self._showing.forget_sequences()
            self._state = disconnected(self._state, sentences.NOT_RECORDED)
        self._state = replace(self._state, failure=reason)

    @Slot()
    def render(self) -> None:
        """Bring the screen up to the state."""
        draft, asking = self._answering.draft, self._answering.asking
        is_looking_back = self._state.pinned is not None and draft is None
        is_grid = self._screen.images.arrangement.is_grid
        question = question_for(asking, draft, self._state, self._answering.operators, is_grid=is_grid)
        drawn, drawn_on = (draft.marks, draft.camera_id) if draft is not None else ((), "")
        view = View(self.shown, is_looking_back, question, asking is Asking.DEFECT, drawn, drawn_on)
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
            Deed.ACKNOWLEDGE: self._acknowledge_shown,
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

    def _go_on(self) -> None:
        """Ask what the answer still needs, or send it."""
        complete = self._answering.go_on()
        if complete is None:
            self._return.stop()
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
            self._return.start()
            self.render()

    @Slot(str)
    def choose(self, value: str) -> None:
        """A tile of the question, or what was typed into its field."""
        asking = self._answering.asking
        if asking is Asking.SIGN_IN:
            self.sign_in(value)
        elif asking in (Asking.RECIPE, Asking.ROLL, Asking.STOP_ROLL):
            self._answering.drop()
            self._order(asking, value)
        elif asking is Asking.SERIAL:
            if self._serials.press(value):
                self.cancel()
        elif asking is not None:
            self._answering.fill_in(value)
            self._go_on()

    def _order(self, asking: Asking, value: str) -> None:
        if asking is Asking.ROLL:
            self._orders.start_roll(value, self._state.operator)
        elif asking is Asking.STOP_ROLL:
            self._orders.stop_roll(self._state.operator)
        else:
            self._orders.select_recipe(value, self._state.operator)
        self.render()

    @Slot(str)
    def sign_in(self, operator: str) -> None:
        """A name from a badge, a tile or the field; an empty one signs out."""
        if not self._orders.sign_in(operator):
            return
        if not operator:
            self.cancel()
            return
        self._answering.sign_in(operator)
        if self._answering.draft is not None:
            self._go_on()
        self.render()

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
        if self._state.newest is not None and part_id == self._state.newest.part_id:
            self.return_to_live()
            return
        self._state = replace(self._state, pinned=part)
        self._return.start()
        self.render()

    @Slot()
    def return_to_live(self) -> None:
        self._return.stop()
        self._state = replace(self._state, pinned=None)
        self.render()

    def _look_by(self, step: int) -> None:
        neighbour = self._state.neighbour(self.shown, step)
        if neighbour is not None:
            self.look_back(neighbour.part_id)

    @Slot(str)
    def acknowledge(self, code: str) -> None:
        if self._orders.acknowledge(code, self._state.operator):
            self._state = replace(self._state, acknowledged=self._state.acknowledged | {code})
            self.render()

    def _acknowledge_shown(self) -> None:
        alarm = self._state.alarm
        if alarm is not None and alarm.code not in self._state.acknowledged:
            self.acknowledge(alarm.code)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if self.asking is Asking.SERIAL:
            self._serials.enter(text)
        else:
            self.choose(text)

    def take_serial(self, serial: str) -> None:
        """The scanned serial number of the next part, or of the roll that is asked for; the engine says whether it
        holds."""
        if self.asking is Asking.ROLL:
            self.choose(serial)
        else:
            self._orders.set_serial(serial, CodeInput.SCANNED)

    def select_recipe(self, recipe: str) -> None:
        """A recipe from a tile or a code; the engine says whether it can be now."""
        self._order(Asking.RECIPE, recipe)

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
