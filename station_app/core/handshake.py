"""The handshake with a PLC, as a state machine without a clock, a wire or a thread of its own.

Four phases for every part: the station is ready, the PLC triggers, the station acknowledges, the PLC lets go. Then the
exposure is told, then the result, which stays until the PLC has acknowledged it. Each step takes what has happened and
gives the next state and what is to be done. Whoever runs it publishes `status` and `shown` of the new state in one
update, before anything else.

What a PLC must do: reject the part unless the results are valid, the part passed and the acquisition id is the expected
one. Silence rejects.
"""

from collections.abc import Callable
from dataclasses import replace

from station_app.core.handshake_bits import Control, ErrorCode, OfflineReason, ResultCode
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

MOST_RESULTS = 8
"""Shown and waiting. Of more the newest is lost to the PLC: it is told, and the record has it."""
LAST_ID = 0xFFFF
"""Acquisition ids go from 1 to this and begin anew; 0 is none."""

Step = tuple[Handshake, tuple[Effect, ...]]


def saw(state: Handshake, asked: Asked) -> Step:
    """The PLC's words were read. The first ones after a connection make no edge: what is set already was meant for
    somebody else, and a trigger that stands then is none."""
    if state.seen is None:
        return replace(state, seen=asked.control, is_buffering=Control.BUFFER_RESULTS in asked.control), ()
    # As numbers: the complement of a flag knows its named bits alone.
    now, then = int(asked.control), int(state.seen)
    rises, falls = Control(now & ~then), Control(then & ~now)
    before, state = state, replace(state, seen=asked.control, is_buffering=Control.BUFFER_RESULTS in asked.control)
    effects: list[Effect] = []
    for bit, act in _RISES:
        if bit in rises:
            state, more = act(before, state, asked)
            effects.extend(more)
    for bit, let_go in _FALLS:
        if bit in falls:
            state = let_go(state)
    effects.extend(SoftEvent(n) for n in range(8) if rises & Control(1 << (24 + n)))
    return state, tuple(effects)


def lost(state: Handshake) -> Step:
    """The PLC is silent or gone: as if it had let go of everything. Parts in flight are finished and results wait for
    it as before; a serial number that came without its trigger is forgotten."""
    if state.seen is None:
        return state, ()
    after, effects = saw(state, Asked(Control(0)))
    return replace(after, seen=None, is_buffering=state.is_buffering, serial=""), effects


def changed(state: Handshake, offline: frozenset[OfflineReason], *, has_room: bool, may_pass: bool = True) -> Handshake:
    """What the station says of itself."""
    return replace(state, offline=offline, has_room=has_room, may_pass=may_pass)


def exposed(state: Handshake, acquisition_id: int) -> Handshake:
    """The last line of this acquisition is in: the part may move. Of an older one it is no news."""
    return replace(state, is_exposed=True) if acquisition_id == state.last_id else state


def concluded(state: Handshake, result: LineResult) -> Step:
    """An acquisition has its result, in whatever order. ValueError where it is none that is in flight."""
    if result.acquisition_id not in state.in_flight:
        raise ValueError(f"acquisition {result.acquisition_id} is not in flight")
    left = tuple(one for one in state.in_flight if one != result.acquisition_id)
    state = replace(state, in_flight=left)
    if not state.is_valid and not state.waiting and not state.has(Control.RESULTS_ACK):
        return _shown(state, result), ()
    if not state.is_buffering and state.is_valid and state.shown is not None:
        return _shown(_overrun(state), result), (Overrun(state.shown),)
    if state.results >= MOST_RESULTS:
        return _overrun(state), (Overrun(result),)
    return replace(state, waiting=(*state.waiting, result)), ()


def expired(state: Handshake, acquisition_id: int) -> Handshake:
    """The time in which this part could be sorted is over: where it was to be told as passed, and the PLC has not
    acknowledged that, it never will be."""

    def without_pass(result: LineResult) -> LineResult:
        is_meant = result.acquisition_id == acquisition_id and result.code is ResultCode.PASS
        return replace(result, code=ResultCode.NO_RESULT) if is_meant else result

    shown = without_pass(state.shown) if state.shown is not None and state.is_valid else state.shown
    return replace(state, shown=shown, waiting=tuple(map(without_pass, state.waiting)))


def executed(state: Handshake, *, is_done: bool) -> Handshake:
    """The command was carried out, or could not be."""
    error = state.error if is_done else ErrorCode.COMMAND_FAILED
    outcome = is_done if state.has(Control.EXECUTE_COMMAND) else None
    return replace(state, is_executing=False, has_executed=outcome, error=error)


def next_id(last: int) -> int:
    return last % LAST_ID + 1


def _shown(state: Handshake, result: LineResult) -> Handshake:
    return replace(state, shown=result, is_valid=True, is_toggled=not state.is_toggled)


def _overrun(state: Handshake) -> Handshake:
    return replace(state, has_overrun=True, error=ErrorCode.RESULTS_OVERRUN)


def _trigger(before: Handshake, state: Handshake, _: Asked) -> Step:
    if not before.is_ready or not state.is_online or not state.has(Control.TRIGGER_ENABLE):
        return replace(state, has_missed=True, missed=state.missed + 1, error=ErrorCode.MISSED_TRIGGER), (Missed(),)
    number = next_id(state.last_id)
    taken = replace(
        state,
        last_id=number,
        in_flight=(*state.in_flight, number),
        is_acknowledged=True,
        is_exposed=False,
        has_missed=False,
        serial="",
    )
    return taken, (Triggered(number, state.serial),)


def _enable(_: Handshake, state: Handshake, __: Asked) -> Step:
    return replace(state, has_missed=False), ()


def _acknowledge(_: Handshake, state: Handshake, __: Asked) -> Step:
    if not state.is_valid or state.shown is None:
        return state, ()
    return replace(state, is_valid=False), (Taken(state.shown),)


def _execute(_: Handshake, state: Handshake, asked: Asked) -> Step:
    if state.is_executing:
        return state, ()
    return replace(state, is_executing=True, has_executed=None, command=asked.command), (CommandAsked(asked.command),)


def _take_user_data(_: Handshake, state: Handshake, asked: Asked) -> Step:
    return replace(state, serial=asked.user_data, user_data_ack=True), ()


def _refuse_string(_: Handshake, state: Handshake, __: Asked) -> Step:
    """There are no commands in words: acknowledged with an error."""
    return replace(state, string_ack=True), ()


def _clear_error(_: Handshake, state: Handshake, __: Asked) -> Step:
    return replace(state, error=ErrorCode.NONE, has_overrun=False), ()


def _clear_exposure(_: Handshake, state: Handshake, __: Asked) -> Step:
    return replace(state, is_exposed=False), ()


def _next_result(state: Handshake) -> Handshake:
    if state.is_valid or not state.waiting:
        return state
    first, *rest = state.waiting
    return replace(_shown(state, first), waiting=tuple(rest))


_RISES: tuple[tuple[Control, Callable[[Handshake, Handshake, Asked], Step]], ...] = (
    # The serial number of a part may come with its trigger, in one write.
    (Control.CLEAR_ERROR, _clear_error),
    (Control.CLEAR_EXPOSURE_COMPLETE, _clear_exposure),
    (Control.SET_USER_DATA, _take_user_data),
    (Control.TRIGGER_ENABLE, _enable),
    (Control.TRIGGER, _trigger),
    (Control.RESULTS_ACK, _acknowledge),
    (Control.EXECUTE_COMMAND, _execute),
    (Control.STRING_COMMAND, _refuse_string),
)
_FALLS: tuple[tuple[Control, Callable[[Handshake], Handshake]], ...] = (
    (Control.TRIGGER, lambda state: replace(state, is_acknowledged=False)),
    (Control.RESULTS_ACK, _next_result),
    (Control.EXECUTE_COMMAND, lambda state: replace(state, has_executed=None)),
    (Control.SET_USER_DATA, lambda state: replace(state, user_data_ack=False)),
    (Control.STRING_COMMAND, lambda state: replace(state, string_ack=False)),
)
