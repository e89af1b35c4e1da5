"""Images are kept by the recipe's policy and for people's decisions, and buffers come back whatever the disk does."""

import numpy as np
import pytest

from station_app.core.errors import StorageError
from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import AlarmCleared, AlarmRaised
from station_app.core.recipe import Keep, KeepImages
from station_app.engine.image_keeping import ImageKeeping
from station_app.engine.image_stage import THUMBNAIL_WIDTH, ImageStage, is_kept, thumbnail
from station_app.engine.recent_images import PARTS_MAX, WANTED_MAX, RecentImages, RecentPart
from tests.engine.fakes import BAD, GOOD, SHAPE, noisy
from tests.engine.stands import RecordStand
from tests.store.records import inspection

ALL, EVIDENCE = Keep(KeepImages.ALL), Keep(KeepImages.EVIDENCE, 0.25)
IO_ERROR = StorageError("the image cannot be stored: input/output error", remedy="check the disk")


class Stand(RecordStand):
    """The record thread's work, one step at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.draw = 0.5
        self.keeping = ImageKeeping(self.ledger, self.books.alarms)
        self.stage = ImageStage(self.images, self.keeping, self.admission, lambda: self.draw)

    def store(self, grey: int = GOOD, keep: Keep = EVIDENCE) -> None:
        self.recorder.record(self.concluded(grey, keep=keep))
        self.stage.step()

    @property
    def kept(self) -> list[int]:
        return [part_id for part_id, _, _ in self.ledger.images]


@pytest.fixture
def stand() -> Stand:
    return Stand()


@pytest.mark.parametrize(
    ("verdict", "keep", "draw", "kept"),
    [
        (VerdictKind.PASS, ALL, 0.99, True),
        (VerdictKind.PASS, EVIDENCE, 0.24, True),
        (VerdictKind.PASS, EVIDENCE, 0.25, False),
        (VerdictKind.PASS, Keep(KeepImages.EVIDENCE, 0.0), 0.0, False),
        (VerdictKind.FAIL, EVIDENCE, 0.99, True),
        (VerdictKind.REVIEW, EVIDENCE, 0.99, True),
        (VerdictKind.NO_RESULT, EVIDENCE, 0.99, True),
    ],
)
def test_the_keep_policy(verdict: VerdictKind, keep: Keep, draw: float, kept: bool) -> None:
    assert is_kept(inspection(1, verdict), keep, draw) is kept


def test_a_pass_that_people_will_review_is_stored(stand: Stand) -> None:
    stand.ledger.wanted = {2}
    for _ in range(3):
        stand.store()
    assert stand.kept == [2]


def test_evidence_is_stored_and_a_plain_pass_is_not(stand: Stand) -> None:
    stand.store(GOOD)
    stand.store(BAD)
    stand.draw = 0.1
    stand.store(GOOD)
    assert stand.kept == [2, 3]
    assert stand.ledger.thumbnails == [1, 2, 3]
    assert (stand.ledger.images[0][2] == noisy(BAD, seed=2)).all()
    assert stand.line.pool.lent == 0


def test_a_full_disk_is_an_alarm_until_there_is_room(stand: Stand) -> None:
    stand.ledger.is_full = True
    stand.store(BAD)
    assert [alarm.code for alarm in stand.heard.of(AlarmRaised)] == ["images full"]
    assert stand.kept == []
    assert stand.ledger.thumbnails == [1]
    stand.ledger.is_full = False
    stand.store(BAD)
    assert stand.heard.of(AlarmCleared) == (AlarmCleared("images full"),)
    assert stand.kept == [2]
    assert stand.line.pool.lent == 0


def test_an_image_that_cannot_be_written_is_an_alarm_and_the_buffer_comes_back(stand: Stand) -> None:
    stand.ledger.image_refusal = IO_ERROR
    stand.store(BAD)
    assert [alarm.code for alarm in stand.books.alarms.standing()] == ["images"]
    assert stand.line.pool.lent == 0
    stand.ledger.image_refusal = None
    stand.store(BAD)
    assert stand.books.alarms.standing() == ()


def test_a_thumbnail_that_cannot_be_written_costs_no_evidence(stand: Stand) -> None:
    stand.ledger.thumbnail_refusal = IO_ERROR
    stand.store(BAD)
    assert stand.kept == [1]
    assert [alarm.code for alarm in stand.books.alarms.standing()] == ["images"]


def test_a_bug_in_the_store_gives_the_buffer_back_and_is_not_swallowed(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stand.ledger, "keep_image", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        stand.store(BAD)
    assert stand.line.pool.lent == 0
    assert stand.admission.wait_ready(0)


def test_a_part_without_a_frame_has_no_picture(stand: Stand) -> None:
    concluded = stand.concluded()
    concluded.part.examined.clear()
    stand.recorder.record(concluded)
    stand.stage.step()
    assert (stand.kept, stand.ledger.thumbnails) == ([], [])


def test_a_decision_saves_the_images_of_a_part_that_has_just_passed(stand: Stand) -> None:
    stand.store(GOOD)
    stand.keeping.keep_recent(1)
    assert stand.kept == [1]
    assert (stand.ledger.images[0][2] == noisy(GOOD, seed=1)).all()
    stand.keeping.keep_recent(1)
    assert stand.kept == [1]


def test_the_copies_that_are_held_are_not_the_buffers(stand: Stand) -> None:
    stand.store(GOOD)
    for _ in range(8):
        stand.store(BAD)
    stand.keeping.keep_recent(1)
    assert (stand.ledger.images[-1][2] == noisy(GOOD, seed=1)).all()


def test_a_decision_that_comes_before_the_disk_saves_the_images_as_well(stand: Stand) -> None:
    stand.recorder.record(stand.concluded(GOOD, keep=EVIDENCE))
    stand.keeping.keep_recent(1)
    assert stand.kept == []
    stand.stage.step()
    assert stand.kept == [1]
    stand.store(GOOD)
    assert stand.kept == [1]


def test_a_decision_whose_images_find_no_disk_is_an_alarm(stand: Stand) -> None:
    stand.store(GOOD)
    stand.ledger.image_refusal = IO_ERROR
    stand.keeping.keep_recent(1)
    assert [alarm.code for alarm in stand.books.alarms.standing()] == ["images"]


def recent(part_id: int) -> RecentPart:
    return RecentPart(inspection(part_id), (("top", noisy(GOOD, seed=part_id)),))


def test_the_oldest_go_when_there_are_too_many_bytes() -> None:
    images = RecentImages(limit_bytes=3 * SHAPE[0] * SHAPE[1])
    for part_id in range(1, 6):
        assert images.add_unless_wanted(recent(part_id))
    assert [images.take(part_id) is not None for part_id in range(1, 6)] == [False, False, True, True, True]
    for part_id in range(6, 9):
        assert images.add_unless_wanted(recent(part_id))
    assert images.take(6) is not None


def test_of_small_frames_no_more_than_a_number_is_held() -> None:
    images = RecentImages()
    for part_id in range(PARTS_MAX + 1):
        images.add_unless_wanted(recent(part_id))
    assert images.take(0) is None
    assert images.take(1) is not None


def test_a_part_larger_than_the_limit_is_not_held() -> None:
    images = RecentImages(limit_bytes=10)
    images.add_unless_wanted(recent(1))
    assert images.take(1) is None


def test_what_is_wanted_is_bounded_too() -> None:
    images = RecentImages()
    for part_id in range(WANTED_MAX + 1):
        images.take(part_id)
    assert images.add_unless_wanted(recent(0))
    assert not images.add_unless_wanted(recent(WANTED_MAX))


@pytest.mark.parametrize("shape", [(48, 64), (2000, 2500), (300, 7000), (1000, 1000, 3), (4000, 30)])
def test_a_thumbnail_is_as_wide_as_the_strip_needs(shape: tuple[int, ...]) -> None:
    small = thumbnail(np.full(shape, 90, np.uint8))
    assert small.shape[1] == THUMBNAIL_WIDTH
    assert small.shape[0] == max(1, round(shape[0] * THUMBNAIL_WIDTH / shape[1]))
    assert small.mean() == pytest.approx(90)


def test_a_part_without_result_keeps_the_frame_that_it_has(stand: Stand) -> None:
    part = stand.line.part(1, keep=EVIDENCE)
    stand.books.tally.triggered(1)
    assert stand.admission.admit()
    shot = stand.line.shot(part, "top", np.full(SHAPE, 255, np.uint8))
    stand.line.examine(part, shot)
    part.let_go()
    stand.recorder.record(stand.line.concluded[-1])
    stand.stage.step()
    assert stand.heard.parts[0].reason is NoResultReason.QUALITY
    assert stand.kept == [1]
