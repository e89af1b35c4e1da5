"""The handshake against a PLC that does anything at any time: nothing is lost, doubled, mixed up, or passed."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from station_app.core import handshake
from station_app.core.handshake import LAST_ID, MOST_RESULTS
from station_app.core.handshake_bits import (
    Control,
    ErrorCode,
    OfflineReason,
    ResultCode,
    Status,
    read_result_word,
    result_word,
)
from station_app.core.handshake_state import (
    Asked,
    CommandAsked,
    Effect,
    Handshake,
    LineResult,
    Missed,
    Overrun,
    SoftEvent,
    Taken,
    Triggered,
)

ENABLE, TRIGGER, ACK = Control.TRIGGER_ENABLE, Control.TRIGGER, Control.RESULTS_ACK
BUFFER, EXECUTE = Control.BUFFER_RESULTS, Control.EXECUTE_COMMAND
CODES = [ResultCode.PASS, ResultCode.FAIL, ResultCode.REVIEW, ResultCode.NO_RESULT]


def online(**more: object) -> Handshake:
    return replace(Handshake(offline=frozenset(), seen=ENABLE | BUFFER), **more)  # type: ignore[arg-type]


def see(state: Handshake, control: Control, **more: object) -> tuple[Handshake, tuple[Effect, ...]]:
    return handshake.saw(state, Asked(control, **more))  # type: ignore[arg-type]


def triggered(state: Handshake) -> Handshake:
    """One whole trigger: taken, acknowledged, let go."""
    held = state.seen or ENABLE
    state, effects = see(state, held | TRIGGER)
    assert isinstance(effects[0], Triggered)
    return see(state, held)[0]


def test_a_part_goes_through_the_four_phases() -> None:
    state = online()
    assert Status.TRIGGER_READY in state.status and Status.BUSY not in state.status
    state, effects = see(state, ENABLE | BUFFER | TRIGGER)
    assert effects == (Triggered(1, ""),)
    assert Status.TRIGGER_ACK in state.status and Status.TRIGGER_READY not in state.status and state.last_id == 1
    state = see(state, ENABLE | BUFFER)[0]
    assert Status.TRIGGER_ACK not in state.status and Status.BUSY in state.status
    state = handshake.exposed(state, 1)
    assert Status.EXPOSURE_COMPLETE in state.status
    state, effects = handshake.concluded(state, LineResult(1, 501, ResultCode.PASS))
    assert effects == () and {Status.RESULTS_VALID, Status.JOB_PASS} <= set(state.status)
    assert state.word == result_word(ResultCode.PASS)
    state, effects = see(state, ENABLE | BUFFER | ACK)
    assert effects == (Taken(LineResult(1, 501, ResultCode.PASS)),)
    assert not {Status.RESULTS_VALID, Status.JOB_PASS, Status.BUSY} & set(state.status)
    assert state.word == result_word(ResultCode.NO_RESULT)


@pytest.mark.parametrize(
    "state",
    [
        online(offline=frozenset({OfflineReason.CAMERA_LOST})),
        online(has_room=False),
        online(is_executing=True),
        online(seen=BUFFER),
        online(seen=ENABLE | Control.SET_OFFLINE),
    ],
    ids=["offline", "no room", "at a command", "not enabled", "set offline"],
)
def test_a_trigger_that_cannot_be_taken_is_told_as_missed(state: Handshake) -> None:
    assert state.seen is not None
    state, effects = see(state, state.seen | TRIGGER)
    assert effects == (Missed(),) and state.missed == 1 and state.error is ErrorCode.MISSED_TRIGGER
    assert Status.MISSED_ACQUISITION in state.status and Status.TRIGGER_ACK not in state.status
    assert not state.in_flight and state.last_id == 0


def test_a_trigger_within_a_trigger_is_none() -> None:
    """A bouncing contact: it is seen again before the station was ready again."""
    state, _ = see(online(), ENABLE | TRIGGER)
    state, effects = see(state, ENABLE | TRIGGER)
    assert effects == () and state.in_flight == (1,)


def test_the_next_trigger_may_come_while_parts_are_in_flight_and_results_keep_their_ids() -> None:
    state = triggered(triggered(online()))
    assert state.in_flight == (1, 2)
    state, _ = handshake.concluded(state, LineResult(2, 8, ResultCode.FAIL))
    state, _ = handshake.concluded(state, LineResult(1, 7, ResultCode.PASS))
    assert state.shown == LineResult(2, 8, ResultCode.FAIL) and Status.JOB_PASS not in state.status
    state = see(see(state, ENABLE | BUFFER | ACK)[0], ENABLE | BUFFER)[0]
    assert state.shown == LineResult(1, 7, ResultCode.PASS) and Status.JOB_PASS in state.status


def test_what_stands_at_the_connection_is_no_edge() -> None:
    fresh = Handshake(offline=frozenset())
    state, effects = see(fresh, ENABLE | TRIGGER | EXECUTE | Control.SET_USER_DATA)
    assert effects == () and not state.in_flight and not state.user_data_ack
    state = see(state, ENABLE)[0]
    assert see(state, ENABLE | TRIGGER)[1] == (Triggered(1, ""),)


def test_a_plc_that_was_away_finds_its_result_again() -> None:
    state = triggered(online())
    state, _ = see(state, ENABLE | BUFFER, user_data="")
    state, _ = see(state, ENABLE | BUFFER | Control.SET_USER_DATA, user_data="SN-LATER")
    state, effects = handshake.lost(state)
    assert effects == () and Status.TRIGGER_READY not in state.status
    for number, code in ((1, ResultCode.PASS),):
        state, _ = handshake.concluded(state, LineResult(number, 70, code))
    assert state.is_valid and state.shown == LineResult(1, 70, ResultCode.PASS)
    state = see(state, ENABLE | BUFFER)[0]
    assert Status.JOB_PASS in state.status
    state, effects = see(state, ENABLE | BUFFER | TRIGGER)
    assert effects == (Triggered(2, ""),), "the number of a part from before is not given to the next"


def test_a_pass_expires_and_nothing_else_does() -> None:
    state = triggered(triggered(triggered(online())))
    for number, code in ((1, ResultCode.PASS), (2, ResultCode.PASS), (3, ResultCode.FAIL)):
        state, _ = handshake.concluded(state, LineResult(number, number, code))
    state = handshake.expired(handshake.expired(handshake.expired(state, 1), 2), 3)
    assert state.shown is not None and state.shown.code is ResultCode.NO_RESULT and Status.JOB_PASS not in state.status
    assert [result.code for result in state.waiting] == [ResultCode.NO_RESULT, ResultCode.FAIL]


def test_of_too_many_results_the_newest_is_lost_and_told() -> None:
    state = online()
    for number in range(1, MOST_RESULTS + 2):
        state = triggered(state)
        state, effects = handshake.concluded(state, LineResult(number, number, ResultCode.PASS))
    assert effects == (Overrun(LineResult(MOST_RESULTS + 1, MOST_RESULTS + 1, ResultCode.PASS)),)
    assert state.error is ErrorCode.RESULTS_OVERRUN and Status.RESULTS_OVERRUN in state.status
    assert state.shown is not None and state.shown.acquisition_id == 1
    state = see(state, ENABLE | BUFFER | Control.CLEAR_ERROR)[0]
    assert Status.RESULTS_OVERRUN not in state.status and Status.ERROR not in state.status


def test_without_buffering_a_newer_result_takes_the_place_and_that_is_told() -> None:
    state = triggered(triggered(online(seen=ENABLE, is_buffering=False)))
    state, _ = handshake.concluded(state, LineResult(1, 1, ResultCode.FAIL))
    toggle = state.is_toggled
    state, effects = handshake.concluded(state, LineResult(2, 2, ResultCode.PASS))
    assert effects == (Overrun(LineResult(1, 1, ResultCode.FAIL)),)
    assert state.shown == LineResult(2, 2, ResultCode.PASS) and state.is_toggled is not toggle


def test_in_maintenance_nothing_passes() -> None:
    state = triggered(online(may_pass=False))
    state, _ = handshake.concluded(state, LineResult(1, 1, ResultCode.PASS))
    assert Status.RESULTS_VALID in state.status and Status.JOB_PASS not in state.status
    assert state.code is ResultCode.NO_RESULT and read_result_word(state.word) is ResultCode.NO_RESULT


def test_a_command_is_executed_once_and_keeps_triggers_away() -> None:
    state, effects = see(online(), ENABLE | EXECUTE, command=7)
    assert effects == (CommandAsked(7),) and Status.COMMAND_EXECUTING in state.status
    assert Status.TRIGGER_READY not in state.status
    state = handshake.executed(state, is_done=True)
    assert Status.COMMAND_COMPLETED in state.status and Status.TRIGGER_READY in state.status
    state = see(state, ENABLE)[0]
    assert Status.COMMAND_COMPLETED not in state.status
    state = handshake.executed(see(state, ENABLE | EXECUTE, command=8)[0], is_done=False)
    assert Status.COMMAND_FAILED in state.status and state.error is ErrorCode.COMMAND_FAILED


def test_user_data_goes_with_the_next_trigger_alone() -> None:
    state = see(online(), ENABLE | Control.SET_USER_DATA, user_data="SN1")[0]
    assert Status.USER_DATA_ACK in state.status
    state, effects = see(state, ENABLE | Control.SET_USER_DATA | TRIGGER, user_data="SN1")
    assert effects == (Triggered(1, "SN1"),)
    state = see(state, ENABLE)[0]
    assert see(state, ENABLE | TRIGGER)[1] == (Triggered(2, ""),)


def test_number_and_trigger_may_come_in_one_write() -> None:
    assert see(online(), ENABLE | TRIGGER | Control.SET_USER_DATA, user_data="SN9")[1] == (Triggered(1, "SN9"),)


def test_events_are_acknowledged_in_their_own_bits() -> None:
    state, effects = see(online(), ENABLE | Control(1 << 26))
    assert effects == (SoftEvent(2),) and state.status & (1 << 26)
    assert not see(state, ENABLE)[0].status & (1 << 26)


def test_the_first_of_the_reasons_is_told() -> None:
    reasons = frozenset({OfflineReason.STORAGE, OfflineReason.CAMERA_LOST})
    assert online(offline=reasons).status >> 4 & 7 == OfflineReason.CAMERA_LOST
    assert online(seen=ENABLE | Control.SET_OFFLINE).status >> 4 & 7 == OfflineReason.PLC
    assert online().status >> 4 & 7 == 0


def test_ids_begin_anew_after_the_last_and_are_never_0() -> None:
    effects = see(online(last_id=LAST_ID), ENABLE | TRIGGER)[1]
    assert effects == (Triggered(1, ""),)


def test_a_result_of_nothing_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="not in flight"):
        handshake.concluded(online(), LineResult(1, 1, ResultCode.PASS))


def test_result_words_are_far_apart_and_never_nothing() -> None:
    words = [result_word(code) for code in CODES]
    for one, other in combinations(words, 2):
        assert (one ^ other).bit_count() >= 8
        assert ((one ^ other) & 0xFF).bit_count() >= 4
    assert 0 not in words and 0xFFFF not in words
    assert [read_result_word(word) for word in words] == CODES


def test_no_damaged_word_passes() -> None:
    passing = [word for word in range(0x10000) if read_result_word(word) is ResultCode.PASS]
    assert passing == [result_word(ResultCode.PASS)]


class AnyPlc(RuleBasedStateMachine):
    """A PLC, a wire and an engine that do what they want. What the station has said is compared with what it was told.

    The model holds lists and no states: ids that were triggered, results that came, what was taken and lost.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state = Handshake()
        self.triggered: list[int] = []
        self.came: dict[int, ResultCode] = {}
        self.expired: set[int] = set()
        self.taken: list[int] = []
        self.overrun: list[int] = []

    @initialize()
    def begin(self) -> None:
        self.state = handshake.changed(self.state, frozenset(), has_room=True)

    def hear(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            if isinstance(effect, Triggered):
                assert effect.acquisition_id == handshake.next_id(self.triggered[-1] if self.triggered else 0)
                self.triggered.append(effect.acquisition_id)
            if isinstance(effect, Taken):
                self.taken.append(effect.result.acquisition_id)
            if isinstance(effect, Overrun):
                self.overrun.append(effect.result.acquisition_id)

    @rule(bits=st.integers(0, 2**32 - 1), keep=st.integers(0, 2**32 - 1))
    def writes(self, bits: int, keep: int) -> None:
        """Any bits, many of them as they were."""
        seen = self.state.seen or Control(0)
        was_ready, before = self.state.is_ready, self.state
        asked = Control((seen & keep) | (bits & ~keep))
        self.state, effects = handshake.saw(self.state, Asked(asked, bits & 0xFFFF, "SN"))
        self.hear(effects)
        if any(isinstance(effect, Triggered) for effect in effects):
            assert was_ready and TRIGGER in asked and before.seen is not None and TRIGGER not in before.seen

    @rule(edge=st.sampled_from([ENABLE, TRIGGER, ACK, BUFFER, EXECUTE]))
    def turns_a_bit(self, edge: Control) -> None:
        self.writes(int((self.state.seen or Control(0)) ^ edge), 0)

    @rule()
    def goes_away(self) -> None:
        before = self.state.results
        self.state, effects = handshake.lost(self.state)
        assert not effects and self.state.results == before and not self.state.is_ready

    @precondition(lambda self: self.state.in_flight)
    @rule(which=st.integers(0, 100), code=st.sampled_from(CODES))
    def concludes(self, which: int, code: ResultCode) -> None:
        number = self.state.in_flight[which % len(self.state.in_flight)]
        self.came[number] = code
        self.state, effects = handshake.concluded(self.state, LineResult(number, number, code))
        self.hear(effects)

    @precondition(lambda self: self.came)
    @rule(which=st.integers(0, 1000))
    def expires(self, which: int) -> None:
        number = sorted(self.came)[which % len(self.came)]
        self.expired.add(number)
        self.state = handshake.expired(self.state, number)

    @rule(
        reasons=st.frozensets(st.sampled_from(OfflineReason), max_size=2),
        has_room=st.booleans(),
        may_pass=st.booleans(),
    )
    def changes(self, reasons: frozenset[OfflineReason], has_room: bool, may_pass: bool) -> None:
        self.state = handshake.changed(self.state, reasons, has_room=has_room, may_pass=may_pass)

    @precondition(lambda self: self.state.is_executing)
    @rule(is_done=st.booleans())
    def executes(self, is_done: bool) -> None:
        self.state = handshake.executed(self.state, is_done=is_done)

    @invariant()
    def every_trigger_has_one_fate(self) -> None:
        shown = [self.state.shown.acquisition_id] if self.state.shown and self.state.is_valid else []
        waiting = [result.acquisition_id for result in self.state.waiting]
        fates = [*self.taken, *self.overrun, *shown, *waiting, *self.state.in_flight]
        assert sorted(fates) == sorted(self.triggered)

    @invariant()
    def only_a_pass_passes(self) -> None:
        if Status.JOB_PASS in self.state.status or read_result_word(self.state.word) is ResultCode.PASS:
            shown = self.state.shown
            assert shown is not None and self.state.is_valid and self.state.may_pass
            assert self.came[shown.acquisition_id] is ResultCode.PASS and shown.acquisition_id not in self.expired

    @invariant()
    def what_is_told_holds_together(self) -> None:
        state, status = self.state, self.state.status
        assert state.results <= MOST_RESULTS + 1
        if not state.is_valid and not (state.seen or Control(0)) & ACK:
            assert not state.waiting
        if state.is_acknowledged:
            assert state.seen is not None and TRIGGER in state.seen and Status.TRIGGER_READY not in status
        if Status.TRIGGER_READY in status:
            assert not state.offline and state.has_room and Status.ONLINE in status
            assert state.seen is not None and ENABLE in state.seen and TRIGGER not in state.seen
        assert (Status.BUSY in status) == bool(state.in_flight)


TestAnyPlc = AnyPlc.TestCase
TestAnyPlc.settings = settings(max_examples=200, stateful_step_count=60, deadline=None)
