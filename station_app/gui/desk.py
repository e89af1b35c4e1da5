"""Joins the engine's events, the operator's deeds and the screen. Holds the state; owns no widget's inside. GUI thread.

What is shown follows from three things: the state that the events made, the part that is pinned (looked back at or
being answered), and the answer that is being given.
"""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Slot

from station_app.core.inspection import Box, Disposition
from station_app.core.messages import (
    AcknowledgeAlarm,
    Command,
    EngineState,
    Event,
    Pause,
    SelectRecipe,
    SetSerial,
    SignIn,
    Start,
)
from station_app.gui.actions import BY_DEED, Deed
from station_app.gui.answers import Draft, Step, allowed, to_command
from station_app.gui.archive_reader import ArchiveReader
from station_app.gui.bridge import Bridge, Lost
from station_app.gui.operator_screen import OperatorScreen, View
from station_app.gui.questions import Asking, question_for
from station_app.gui.screen_state import Notice, PartOnScreen, ScreenState, after, disconnected, with_pending
from station_app.gui.showing import Showing

LOOK_BACK_MS = 10_000
_RECENT_OPERATORS = 5


class Desk(QObject):
    """One operator at one station."""

    def __init__(self, screen: OperatorScreen, bridge: Bridge, archive: ArchiveReader) -> None:
        super().__init__(screen)
        self._screen, self._bridge = screen, bridge
        self._showing = Showing(screen, archive)
        self._state = ScreenState()
        self._live_id: int | None = None
        self._touched_id: int | None = None
        self._draft: Draft | None = None
        self._asking: Asking | None = None
        self._operators: tuple[str, ...] = ()
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
        screen.canvas.box_drawn.connect(self._on_box_drawn)
        screen.question.chosen.connect(self.choose)
        screen.question.typed.connect(self.sign_in)
        screen.question.cancelled.connect(self.cancel)
        screen.alarm.acknowledged.connect(self.acknowledge)
        screen.top.recipe_asked.connect(self._on_recipe_asked)
        screen.top.operator_asked.connect(self._on_operator_asked)

    def set_look_back_ms(self, look_back_ms: int) -> None:
        """How long a look back lasts."""
        self._return.setInterval(look_back_ms)

    @property
    def state(self) -> ScreenState:
        return self._state

    @property
    def asking(self) -> Asking | None:
        return self._asking

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

    def _take(self, news: Event | Lost) -> None:
        if not isinstance(news, Lost):
            self._state = after(self._state, news)
        elif self._state.is_connected:
            self._showing.forget_sequences()
            unsent = QCoreApplication.translate("Desk", "The answer was not recorded: answer again")
            self._state = disconnected(self._state, unsent)

    def render(self) -> None:
        """Bring the screen up to the state."""
        part = self.shown
        is_looking_back = self._state.pinned is not None and self._draft is None
        question = question_for(self._asking, self._draft, self._state, self._operators)
        is_drawing = self._asking is Asking.DEFECT
        drawn = self._draft.marks if self._draft is not None else ()
        self._showing.show(self._state, View(part, is_looking_back, question, is_drawing, drawn))

    @Slot(object)
    def do(self, deed: Deed) -> None:
        """One deed of the table, by whatever means it was asked for."""
        action, canvas = BY_DEED[deed], self._screen.canvas
        if action.disposition is not None:
            self._answer(action.disposition)
            return
        plain = {
            Deed.RUN_PAUSE: self._run_or_pause,
            Deed.ZOOM_IN: canvas.zoom_in,
            Deed.ZOOM_OUT: canvas.zoom_out,
            Deed.ZOOM_FIT: canvas.zoom_fit,
            Deed.LOOK_BACK: self._look_one_back,
            Deed.LOOK_FORWARD: self._look_one_forward,
            Deed.CANCEL: self.cancel,
        }
        if deed in plain:
            plain[deed]()

    @Slot()
    def _on_touched(self) -> None:
        """The answer belongs to the part that was seen when the finger went down."""
        self._touched_id = self.shown.part_id if self.shown else None

    def _answer(self, disposition: Disposition) -> None:
        part = self._state.find(self._touched_id) if self._touched_id is not None else None
        part, self._touched_id = part or self.shown, None
        if part is None or self._draft is not None or disposition not in self._allowed(part):
            return
        viewed_ms = self._showing.viewed_ms
        self._draft = Draft(part.part_id, disposition, self._state.operator, viewed_ms=viewed_ms)
        self._pin(part)
        self._go_on()

    def _allowed(self, part: PartOnScreen) -> frozenset[Disposition]:
        return allowed(part, is_connected=self._state.is_connected)

    def _go_on(self) -> None:
        """Ask what the answer still needs, or send it."""
        draft = self._draft
        if draft is None:
            return
        if draft.step is not Step.COMPLETE:
            self._asking = Asking(draft.step.value)
            self._return.stop()
            self.render()
            return
        self._draft, self._asking = None, None
        if self._send(to_command(draft)):
            self._state = with_pending(self._state, draft.part_id, draft.disposition)
        self._release()

    def _release(self) -> None:
        """After an answer: back to the line at once, or to the look-back it was given in."""
        is_newest = self._state.pinned is not None and self._state.newest is not None
        if is_newest and self._state.pinned.part_id == self._state.newest.part_id:  # type: ignore[union-attr]
            self.return_to_live()
            return
        self._return.start()
        self.render()

    @Slot(str)
    def choose(self, value: str) -> None:
        """A tile of the question."""
        asking, draft = self._asking, self._draft
        if asking is Asking.SIGN_IN:
            self.sign_in(value)
        elif asking is Asking.RECIPE:
            self._asking = None
            self._send(SelectRecipe(value, self._state.operator))
            self.render()
        elif draft is not None:
            field = "reason" if asking is Asking.REASON else "label"
            self._draft = replace(draft, **{field: value})  # type: ignore[arg-type]
            self._go_on()

    @Slot(str)
    def sign_in(self, operator: str) -> None:
        """A name from a badge, a tile or the field; an empty one signs out."""
        if not self._send(SignIn(operator)):
            return
        if operator:
            others = tuple(name for name in self._operators if name != operator)
            self._operators = (operator, *others)[:_RECENT_OPERATORS]
        if self._asking is Asking.SIGN_IN:
            self._asking = None
        if self._draft is not None and operator:
            self._draft = replace(self._draft, operator=operator)
            self._go_on()
        elif self._draft is not None:
            self.cancel()
        self.render()

    @Slot(object)
    def _on_box_drawn(self, box: Box) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, marks=(*self._draft.marks, box))
            self.render()

    @Slot()
    def cancel(self) -> None:
        """Drop the question, or stop looking back."""
        had_draft, self._draft = self._draft is not None, None
        was_asking, self._asking = self._asking is not None, None
        if had_draft or not was_asking:
            self.return_to_live()
        self.render()

    @Slot(int)
    def look_back(self, part_id: int) -> None:
        """Show an earlier part for ten seconds; the newest one means back to the line."""
        part = self._state.find(part_id)
        if self._draft is not None or part is None:
            return
        if self._state.newest is not None and part_id == self._state.newest.part_id:
            self.return_to_live()
            return
        self._pin(part)
        self._return.start()
        self.render()

    @Slot()
    def return_to_live(self) -> None:
        self._return.stop()
        self._state = replace(self._state, pinned=None)
        self.render()

    def _pin(self, part: PartOnScreen) -> None:
        self._state = replace(self._state, pinned=part)

    def _look_one_back(self) -> None:
        self._look_by(-1)

    def _look_one_forward(self) -> None:
        self._look_by(1)

    def _look_by(self, step: int) -> None:
        ids = [part.part_id for part in self._state.strip]
        shown = self.shown
        if shown is None or not ids:
            return
        index = ids.index(shown.part_id) if shown.part_id in ids else 0
        self.look_back(ids[min(max(0, index + step), len(ids) - 1)])

    def _run_or_pause(self) -> None:
        self._send(Pause() if self._state.engine is EngineState.RUNNING else Start())

    @Slot(str)
    def acknowledge(self, code: str) -> None:
        if self._send(AcknowledgeAlarm(code, self._state.operator)):
            self._state = replace(self._state, acknowledged=self._state.acknowledged | {code})
            self.render()

    def take_serial(self, serial: str) -> None:
        """The serial number of the next part."""
        if self._send(SetSerial(serial)):
            said = QCoreApplication.translate("Desk", "Next part: {serial}").format(serial=serial)
            self.notify(said, is_warning=False)

    def notify(self, what: str, *, is_warning: bool = True) -> None:
        """One sentence beside the machine's state."""
        self._state = replace(self._state, notice=Notice(what, is_warning=is_warning))
        self.render()

    @Slot()
    def _on_recipe_asked(self) -> None:
        self._ask(Asking.RECIPE)

    @Slot()
    def _on_operator_asked(self) -> None:
        self._ask(Asking.SIGN_IN)

    def _ask(self, asking: Asking) -> None:
        if self._draft is None:
            self._asking = asking
            self.render()

    def _send(self, command: Command) -> bool:
        if self._bridge.send(command):
            return True
        self.notify(QCoreApplication.translate("Desk", "Not sent: the station cannot be reached"))
        return False
