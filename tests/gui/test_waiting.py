"""Parts that wait for a person while another screen is open."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.messages import HealthReported, OverrideRecorded
from station_app.gui.waiting import NEEDS_A_PERSON, Waiting, waiting_after
from tests.gui.fake_engine import part


def _decided(part_id: int, standing: Disposition | None = Disposition.AGREE) -> OverrideRecorded:
    return OverrideRecorded(1, part_id, Disposition.AGREE, "A", standing)


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from(list(VerdictKind)), st.booleans()), max_size=60))
def test_no_part_that_needs_a_person_is_lost(told: list[tuple[int, VerdictKind, bool]]) -> None:
    waiting, expected = Waiting(), dict[int, VerdictKind]()
    for part_id, kind, is_decided in told:
        waiting = waiting_after(waiting, part(part_id, kind))
        if kind in NEEDS_A_PERSON:
            expected[part_id] = kind
        if is_decided:
            waiting = waiting_after(waiting, _decided(part_id))
            expected.pop(part_id, None)
    assert dict(waiting.parts) == expected and waiting.count == len(expected)


def test_an_undo_decides_nothing_and_no_result_is_worst() -> None:
    waiting = waiting_after(Waiting(), part(1, VerdictKind.REVIEW))
    assert waiting.worst is VerdictKind.REVIEW
    assert waiting_after(waiting, _decided(1, None)) == waiting
    assert waiting_after(waiting, HealthReported(1, part(1).counters)) == waiting
    assert waiting_after(waiting, part(2, VerdictKind.NO_RESULT)).worst is VerdictKind.NO_RESULT
    assert Waiting().worst is None
