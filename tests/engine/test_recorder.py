"""No record, no pass."""

import pytest

from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import AlarmRaised, Counters
from station_app.engine.inspect import conclude
from station_app.engine.recorder import free_frames
from tests.engine.fakes import BAD, DISK_FULL, DOUBTFUL, GOOD
from tests.engine.stands import RecordStand


@pytest.fixture
def stand() -> RecordStand:
    return RecordStand()


@pytest.mark.parametrize(
    ("grey", "kind"), [(GOOD, VerdictKind.PASS), (DOUBTFUL, VerdictKind.REVIEW), (BAD, VerdictKind.FAIL)]
)
def test_a_verdict_leaves_as_it_was_recorded(stand: RecordStand, grey: int, kind: VerdictKind) -> None:
    concluded = stand.concluded(grey)
    stand.recorder.record(concluded, preview_sequence=7)
    (told,) = stand.heard.parts
    assert (told.part_id, told.verdict, told.reason, told.serial, told.preview_sequence) == (1, kind, None, "SN1", 7)
    assert told.findings == concluded.inspection.findings
    assert told.counters.is_reconciled and told.counters.in_flight == 0
    assert stand.ledger.records == {1: concluded.inspection}


def test_nothing_leaves_before_the_record_is_on_disk(stand: RecordStand) -> None:
    stand.ledger.is_held = True
    stand.recorder.record(stand.concluded())
    assert not stand.heard.parts
    assert stand.images.level().length == 0
    assert stand.books.tally.counters() == Counters(triggers=1, in_flight=1)
    stand.ledger.let_go()
    assert stand.heard.parts[0].verdict is VerdictKind.PASS
    assert stand.images.level().length == 1


@pytest.mark.parametrize(
    ("grey", "kind", "reason"),
    [
        (GOOD, VerdictKind.NO_RESULT, NoResultReason.NOT_RECORDED),
        (DOUBTFUL, VerdictKind.NO_RESULT, NoResultReason.NOT_RECORDED),
        (BAD, VerdictKind.FAIL, None),
    ],
)
def test_without_its_record_only_a_reject_leaves_and_what_left_is_recorded_later(
    stand: RecordStand, grey: int, kind: VerdictKind, reason: NoResultReason | None
) -> None:
    stand.ledger.refusal = DISK_FULL
    stand.recorder.record(stand.concluded(grey))
    assert (stand.heard.parts[0].verdict, stand.heard.parts[0].reason) == (kind, reason)
    assert [alarm.code for alarm in stand.heard.of(AlarmRaised)] == ["storage"]
    assert len(stand.books.unrecorded) == 1
    stand.ledger.refusal = None
    stand.books.unrecorded.step()
    assert (stand.ledger.records[1].verdict, stand.ledger.records[1].reason) == (kind, reason)
    assert len(stand.heard.parts) == 1
    assert stand.books.alarms.standing() == ()


def test_a_pass_whose_record_was_late_is_withheld_and_audited(stand: RecordStand) -> None:
    stand.ledger.is_held = True
    concluded = stand.concluded()
    assert concluded.verdict.kind is VerdictKind.PASS
    stand.recorder.record(concluded)
    concluded.part.count_from(concluded.part.triggered_ns - int(concluded.part.recipe.deadline_ms * 1e6) - 1)
    stand.ledger.let_go()
    assert (stand.heard.parts[0].verdict, stand.heard.parts[0].reason) == (VerdictKind.NO_RESULT, NoResultReason.LATE)
    assert stand.books.tally.counters() == Counters(triggers=1, no_result=1)
    ((_, _, subject, _),) = stand.ledger.audited("pass_withheld")
    assert subject == "part 1"


def test_a_late_reject_leaves_as_it_is(stand: RecordStand) -> None:
    stand.ledger.is_held = True
    concluded = stand.concluded(BAD)
    stand.recorder.record(concluded)
    concluded.part.count_from(concluded.part.triggered_ns - int(concluded.part.recipe.deadline_ms * 1e6) - 1)
    stand.ledger.let_go()
    assert stand.heard.parts[0].verdict is VerdictKind.FAIL


def test_a_verdict_frees_its_place_and_its_images_free_their_buffers(stand: RecordStand) -> None:
    for _ in range(4):
        stand.recorder.record(stand.concluded())
    assert not stand.admission.wait_ready(0)
    recorded = stand.images.get(0)
    assert recorded is not None and stand.line.pool.lent == 4
    free_frames(recorded.part, stand.admission)
    assert stand.line.pool.lent == 3
    assert stand.admission.wait_ready(0)


def test_frames_come_back_though_nobody_takes_the_images_any_more(stand: RecordStand) -> None:
    stand.images.close()
    stand.recorder.record(stand.concluded())
    assert stand.line.pool.lent == 0
    assert len(stand.heard.parts) == 1


def test_an_overrun_is_recorded_and_holds_no_place(stand: RecordStand) -> None:
    part = stand.line.part(9)
    stand.books.tally.triggered(9)
    stand.recorder.record_unadmitted(conclude(part, part.triggered_ns, 1, NoResultReason.OVERRUN))
    assert stand.heard.parts[0].reason is NoResultReason.OVERRUN
    assert stand.ledger.records[9].reason is NoResultReason.OVERRUN
    assert stand.images.level().length == 0


def test_a_bug_after_the_record_is_told_and_the_frames_come_back(stand: RecordStand) -> None:
    concluded = stand.concluded()
    stand.books.tally.concluded(1, VerdictKind.PASS)  # a verdict that nobody should have given
    stand.recorder.record(concluded)
    (alarm,) = stand.heard.of(AlarmRaised)
    assert (alarm.code, alarm.where) == ("bug", "record")
    assert "nobody asked for" in alarm.what
    assert stand.images.level().length == 1
