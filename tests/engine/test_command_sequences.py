"""Whatever is asked in whatever order: counters reconcile, and every trigger ends as one record, as it was told."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from station_app.core.inspection import Disposition, NoResultReason
from station_app.core.messages import (
    OverrideRecorded,
    Pause,
    RecordOverride,
    SelectRecipe,
    SetSerial,
    SignIn,
    Start,
    TriggerPart,
    UndoOverride,
)
from station_app.core.people import SecretKind
from station_app.core.people_messages import SignInWith
from station_app.core.setup_messages import (
    AcceptSetup,
    ReadFeatures,
    SaveReference,
    SetupCommand,
    TakeTestShot,
    WatchCamera,
    WriteFeature,
)
from station_app.store.ledger import StationLedger
from station_app.store.verification import verify
from tests.engine.fakes import BAD, DOUBTFUL, GOOD, PATIENCE_S, Misdeed, PartCamera
from tests.engine.line import LineSettings, open_line, recorded
from tests.engine.people import password_of
from tests.store.records import ROOMY

SET_UP: tuple[SetupCommand, ...] = (
    WatchCamera("top"),
    WatchCamera(""),
    WatchCamera("none"),
    TakeTestShot("top", "wang"),
    ReadFeatures("top"),
    WriteFeature("top", "gain", "1", "wang"),
    SaveReference("top", "wang"),
    AcceptSetup("wang", "because"),
)
OPERATORS = st.sampled_from(["wang", "li", ""])


class Steering(RuleBasedStateMachine):
    """An operator who presses everything, on a line with real records."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()

    @initialize()
    def open(self) -> None:
        self.folder = Path(self.opened.enter_context(tempfile.TemporaryDirectory()))
        ledger = StationLedger(self.folder, ROOMY)
        self.opened.callback(ledger.close)
        self.camera = PartCamera()
        self.line = open_line(self.folder, ledger, LineSettings({"top": self.camera}, max_in_flight=2, engineer="wang"))
        self.opened.callback(self.line.engine.close)
        self.line.run()

    @rule(name=st.sampled_from(["A17", "A17", "A17", "none"]), operator=OPERATORS)
    def select(self, name: str, operator: str) -> None:
        self.line.engine.obey(SelectRecipe(name, operator))

    @rule()
    def start(self) -> None:
        self.line.engine.obey(Start())

    @rule()
    def pause(self) -> None:
        self.line.engine.obey(Pause())

    @rule(name=st.sampled_from(["wang", "li", ""]))
    def sign_in(self, name: str) -> None:
        secret = password_of("wang")
        self.line.engine.obey(SignInWith(name, SecretKind.PASSWORD, secret) if name else SignIn(""))

    @rule(count=st.integers(1, 6), grey=st.sampled_from([GOOD, DOUBTFUL, BAD]))
    def trigger(self, count: int, grey: int) -> None:
        self.camera.greys[self.camera.number + 1] = grey
        for _ in range(count):
            self.line.engine.obey(TriggerPart())

    @rule(misdeed=st.sampled_from([Misdeed.LOST, Misdeed.GONE, Misdeed.TORN]))
    def spoil_the_next(self, misdeed: Misdeed) -> None:
        self.camera.misdeeds[self.camera.number + 1] = misdeed

    @rule(command=st.sampled_from(SET_UP))
    def set_up(self, command: SetupCommand) -> None:
        self.line.engine.obey(command)

    @rule(serial=st.text(max_size=5))
    def scan(self, serial: str) -> None:
        self.line.engine.obey(SetSerial(serial))

    @rule(part_id=st.integers(0, 8), operator=OPERATORS, disposition=st.sampled_from([*Disposition][:4]))
    def override(self, part_id: int, operator: str, disposition: Disposition) -> None:
        self.line.engine.obey(RecordOverride(part_id, disposition, operator))

    @rule(part_id=st.integers(0, 8), operator=OPERATORS)
    def undo(self, part_id: int, operator: str) -> None:
        self.line.engine.obey(UndoOverride(part_id, operator))

    @invariant()
    def counters_reconcile(self) -> None:
        if hasattr(self, "line"):
            assert self.line.engine.tally.counters().is_reconciled

    def teardown(self) -> None:
        if not hasattr(self, "line"):
            return
        with self.opened:
            assert self.line.engine.tally.wait_settled(PATIENCE_S)
            self.line.engine.close()
            self.line.ledger.close()  # type: ignore[attr-defined]
            self.check_records()

    def check_records(self) -> None:
        counters = self.line.engine.tally.counters()
        told = {part.part_id: (part.verdict, part.reason) for part in self.line.heard.parts}
        assert recorded(self.folder) == told
        assert sorted(told) == list(range(1, counters.triggers + 1))
        assert len(self.line.heard.parts) == counters.triggers
        internal = [part_id for part_id, (_, reason) in told.items() if reason is NoResultReason.INTERNAL]
        assert internal == []
        assert all(event.operator == "wang" for event in self.line.heard.of(OverrideRecorded))
        assert verify(self.folder) == ()


TestSteering = Steering.TestCase
TestSteering.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
