"""Of a wire's frames none is ever taken for another part's, and after each disturbance the line goes on."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.core.inspection import NoResultReason
from station_app.engine.turns import LONG_AGO, NOT_YET, Turn, Turns
from station_app.engine.wire import misplacement
from tests.engine.wires import RESTART_MS, TRANSIT_MS, Outcome, Pulse, WireLine

PITCH_MS = 200
LOST, STALE, SLIPPED = NoResultReason.FRAME_LOST, NoResultReason.FRAME_STALE, NoResultReason.FRAME_SLIPPED


def steady(count: int, pitch_ms: int = PITCH_MS, first_ms: int = 1000, prefix: str = "") -> list[Pulse]:
    return [Pulse(first_ms + i * pitch_ms, f"{prefix}{i}") for i in range(count)]


def faults(outcomes: dict[str, Outcome]) -> list[NoResultReason | None]:
    """In the order of the parts; none was judged on another's frame."""
    assert all(outcome.judged_on == name for name, outcome in outcomes.items() if outcome.fault is None)
    return [outcome.fault for outcome in outcomes.values()]


def test_an_orderly_line_never_begins_anew() -> None:
    line = WireLine(steady(6))
    assert faults(line.run()) == [None] * 6
    assert line.camera.restarts == 0


def test_a_part_whose_pulse_is_missing_does_not_get_the_next_ones_frame() -> None:
    pulses = steady(6)
    pulses[2] = replace(pulses[2], frame_ms=None)
    assert faults(WireLine(pulses).run()) == [None, None, LOST, SLIPPED, None, None]


def test_where_the_next_part_comes_while_a_frame_is_missing_neither_is_judged() -> None:
    close = [Pulse(1400, "hole", frame_ms=None), Pulse(1450, "close")]
    outcomes = WireLine([*steady(2), *close, *steady(3, first_ms=1700, prefix="b")]).run()
    assert faults(outcomes) == [None, None, SLIPPED, SLIPPED, None, None, None]
    assert outcomes["hole"].detail == "the frame came 28 ms after the next part's trigger"
    assert "begun anew" in outcomes["close"].detail


def test_a_pulse_too_many_costs_one_part_and_the_line_goes_on() -> None:
    pulses = [*steady(6), Pulse(1300, "nothing", told_ms=None)]
    line = WireLine(pulses)
    assert faults(line.run()) == [None, None, STALE, None, None, None]
    assert line.camera.restarts == 1


@pytest.mark.parametrize("is_early", [False, True])
def test_a_pulse_that_falls_into_the_restart_is_nobodys(is_early: bool) -> None:
    """The camera misses it, or takes it although the start has not returned."""
    pulses = [*steady(2), Pulse(1400, "hole", frame_ms=None), Pulse(1400 + TRANSIT_MS + 25, "into the restart")]
    outcomes = WireLine(pulses + steady(5, first_ms=1800, prefix="b"), is_early=is_early).run()
    assert outcomes["into the restart"].fault is SLIPPED
    assert outcomes["b4"].fault is None
    faults(outcomes)


def test_several_parts_in_flight_have_no_result_up_to_the_restart() -> None:
    burst = [Pulse(1400 + i * 20, f"burst {i}", frame_ms=60) for i in range(4)]
    outcomes = WireLine([*steady(2), *burst, *steady(4, first_ms=1800, prefix="b")]).run()
    assert faults(outcomes) == [None, None, *[SLIPPED] * 4, None, None, None, None]


def test_a_transport_slower_than_the_transit_time_is_never_one_part_behind() -> None:
    """Each frame arrives in the time of the next part."""
    pulses = [replace(pulse, frame_ms=PITCH_MS - 50) for pulse in steady(8)]
    outcomes = WireLine(pulses).run()
    assert None not in faults(outcomes)
    assert LOST in faults(outcomes)


def test_parts_that_follow_too_closely_cannot_be_told_apart_and_the_first_can() -> None:
    pulses = [*steady(2), Pulse(1400, "a"), Pulse(1400 + TRANSIT_MS - 5, "b"), *steady(2, first_ms=1800, prefix="c")]
    line = WireLine(pulses)
    outcomes = line.run()
    assert faults(outcomes) == [None, None, None, SLIPPED, None, None]
    assert outcomes["b"].detail == "triggered 85 ms after the part before: frames may take 90 ms"
    assert line.camera.restarts == 0


def test_a_part_that_was_refused_leaves_no_frame_behind() -> None:
    pulses = steady(6)
    pulses[2] = replace(pulses[2], is_admitted=False, frame_ms=TRANSIT_MS)
    assert faults(WireLine(pulses).run()) == [None, None, SLIPPED, None, None]


def test_a_torn_frame_in_its_place_is_no_disorder() -> None:
    pulses = steady(4)
    pulses[1] = replace(pulses[1], is_complete=False)
    line = WireLine(pulses)
    assert faults(line.run()) == [None, NoResultReason.FRAME_TORN, None, None]
    assert line.camera.restarts == 0


def test_after_a_pause_nothing_that_came_meanwhile_is_a_parts() -> None:
    line = WireLine(steady(3))
    line.pass_until(900_000_000)
    line.stage.disturb()
    assert faults(line.run()) == [SLIPPED, None, None]
    assert line.camera.restarts == 1


GAPS = st.integers(5, 400)
TOLD = st.integers(0, 10)


@st.composite
def disturbed(draw: st.DrawFn, slowest_ms: int, *, has_extras: bool) -> list[Pulse]:
    """Pulses at any distance, with gaps in the frames, refused parts and, where asked, pulses of nothing."""
    pulses, at_ms = [], 500
    kinds = ["part"] * 4 + ["missing", "refused", "torn"] + (["extra"] if has_extras else [])
    for number in range(draw(st.integers(3, 25))):
        at_ms += draw(GAPS)
        kind = draw(st.sampled_from(kinds))
        frame_ms = None if kind == "missing" else draw(st.integers(10, slowest_ms))
        told_ms = None if kind == "extra" else draw(TOLD)
        name = "nothing" if kind == "extra" else str(number)
        pulses.append(Pulse(at_ms, name, frame_ms, told_ms, kind != "refused", kind != "torn"))
    return pulses


def recovery(after: list[Pulse]) -> list[Pulse]:
    """A steady line as close as it may be."""
    pitch_ms = TRANSIT_MS + RESTART_MS + 15
    return steady(10, pitch_ms, after[-1].at_ms + pitch_ms, "then ")


@settings(max_examples=400, deadline=None)
@given(disturbed(TRANSIT_MS, has_extras=True), st.booleans())
def test_no_part_is_ever_judged_on_anothers_frame(pulses: list[Pulse], is_early: bool) -> None:
    """Every frame comes within its transit time; a pulse that shows nothing may be taken for the part's beside it."""
    times = {pulse.shows: pulse.at_ms for pulse in pulses}
    outcomes = WireLine(pulses, is_early=is_early).run()
    assert set(outcomes) == {p.shows for p in pulses if p.told_ms is not None and p.is_admitted}
    for name, outcome in outcomes.items():
        if outcome.fault is None and outcome.judged_on != name:
            assert outcome.judged_on == "nothing"
            beside = (p.at_ms for p in pulses if p.shows == "nothing")
            assert any(abs(at_ms - times[name]) <= TRANSIT_MS + 10 for at_ms in beside)


@settings(max_examples=400, deadline=None)
@given(disturbed(3 * TRANSIT_MS, has_extras=False))
def test_a_frame_that_takes_longer_than_it_may_is_no_other_parts_either(pulses: list[Pulse]) -> None:
    faults(WireLine(pulses).run())


@settings(max_examples=400, deadline=None)
@given(disturbed(TRANSIT_MS, has_extras=True), st.booleans())
def test_the_line_recovers_within_a_few_parts(pulses: list[Pulse], is_early: bool) -> None:
    outcomes = WireLine(pulses + recovery(pulses), is_early=is_early).run()
    then = [outcome.fault for name, outcome in outcomes.items() if name.startswith("then ")]
    assert then[4:] == [None] * 6


@pytest.mark.parametrize(
    ("arrived_ns", "told"),
    [
        (999, "before the part's trigger"),
        (1000, ""),
        (1050, ""),
        (1051, "after the trigger, and may take"),
    ],
)
def test_a_frame_belongs_to_the_transit_time_after_the_trigger(arrived_ns: int, told: str) -> None:
    """Also one that had waited for the station longer than that."""
    found = misplacement(Turn(1000), arrived_ns, transit_ns=50)
    assert told in found and bool(told) == bool(found)


def test_triggers_know_their_neighbours() -> None:
    turns = Turns()
    first, second = turns.next(10), turns.next(30)
    assert (first.before_ns, first.after_ns) == (LONG_AGO, 30)
    assert (second.before_ns, second.after_ns) == (10, NOT_YET)
    assert misplacement(first, 30, transit_ns=50) and not misplacement(first, 29, transit_ns=50)
