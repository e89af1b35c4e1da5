"""Waiting for verdicts: enough of them, a fault, or silence end it."""

import threading
from pathlib import Path

from station_app.command_line.broadcast import Broadcast
from station_app.command_line.line_run import PartsAwaited
from station_app.command_line.recent_parts import RecentParts
from station_app.command_line.running_mark import RunningMark
from station_app.core.inspection import VerdictKind
from station_app.core.messages import Counters, EngineState, Event, PartInspected, StateChanged


def _part(part_id: int) -> PartInspected:
    return PartInspected(part_id, 0, VerdictKind.PASS, None, "", (), Counters(), 1.0, "A17")


def _give(awaited: PartsAwaited, numbers: tuple[int, ...]) -> None:
    for number in numbers:
        awaited(_part(number))


def test_it_ends_when_all_are_there() -> None:
    awaited = PartsAwaited(2)
    giver = threading.Timer(0.01, _give, (awaited, (1, 2)))
    giver.start()
    awaited.wait(60)
    giver.join()
    assert [part.part_id for part in awaited.parts] == [1, 2]


def test_a_fault_ends_it() -> None:
    awaited = PartsAwaited(5)
    awaited(StateChanged(EngineState.FAULTED, "disk"))
    awaited.wait(60)
    assert awaited.parts == ()


def test_silence_ends_it() -> None:
    awaited = PartsAwaited(5)
    awaited(_part(1))
    awaited.wait(0.01)
    assert len(awaited.parts) == 1


def test_a_broadcast_reaches_those_who_came_later() -> None:
    first: list[Event] = []
    later: list[Event] = []
    told = Broadcast(first.append)
    told(_part(1))
    told.add(later.append)
    told(_part(2))
    assert [len(first), len(later)] == [2, 1]


def test_the_mark_stands_only_while_the_line_runs(tmp_path: Path) -> None:
    mark = RunningMark(tmp_path)
    assert not mark.was_running
    mark(StateChanged(EngineState.RUNNING))
    assert RunningMark(tmp_path).was_running
    mark(StateChanged(EngineState.PAUSED))
    assert not RunningMark(tmp_path).was_running


def test_a_later_window_is_told_the_last_twelve_parts() -> None:
    recent = RecentParts()
    for number in range(1, 21):
        recent(_part(number))
    recent(StateChanged(EngineState.PAUSED))
    assert [part.part_id for part in recent.parts() if isinstance(part, PartInspected)] == list(range(9, 21))


def test_a_mark_that_cannot_be_kept_does_not_keep_the_line_from_its_state(tmp_path: Path) -> None:
    mark = RunningMark(tmp_path / "gone")
    mark(StateChanged(EngineState.RUNNING))
    assert not RunningMark(tmp_path / "gone").was_running
