"""A test shot is judged like a part and is none: not recorded, not counted, not told as one."""

from typing import cast

import pytest

from station_app.core.inspection import NoResultReason, VerdictKind
from station_app.core.messages import CommandRefused, PartInspected
from station_app.core.recipe import QualityLimits
from station_app.core.setup_messages import CameraMeasured, CameraWatched, ShotJudged, TakeTestShot, WatchCamera
from station_app.engine.inspect import Concluded, conclude
from station_app.engine.looks import NO_PART
from station_app.engine.preview import PreviewReader
from tests.engine.conftest import Open
from tests.engine.fakes import BAD, DOUBTFUL, GOOD, SHAPE, FakeLedger, Misdeed, PartCamera, noisy
from tests.engine.line import Line, recorded
from tests.engine.stands import RecordStand


@pytest.fixture
def line(open_faked: Open) -> Line:
    made = open_faked(cameras={"top": PartCamera(), "side": PartCamera("B2")})
    made.engine.load("A17")
    return made


def shoot(line: Line, camera_id: str = "top") -> ShotJudged:
    before = len(line.heard.of(ShotJudged))
    line.engine.obey(TakeTestShot(camera_id, "wang"))
    (told,) = line.heard.of(ShotJudged)[before:]
    return told


@pytest.mark.parametrize(
    ("grey", "verdict"), [(GOOD, VerdictKind.PASS), (DOUBTFUL, VerdictKind.REVIEW), (BAD, VerdictKind.FAIL)]
)
def test_a_shot_is_judged_by_its_own_camera_alone(line: Line, grey: int, verdict: VerdictKind) -> None:
    line.top.greys = {0: grey}
    told = shoot(line)
    assert (told.camera_id, told.verdict, told.reason) == ("top", verdict, None)
    assert bool(told.findings) == (verdict is not VerdictKind.PASS)
    assert told.total_ms > 0
    assert cast(PartCamera, line.cameras["side"]).number == -1


def test_nothing_of_it_is_recorded_counted_or_told_as_a_part(line: Line) -> None:
    for _ in range(5):
        assert shoot(line).verdict is VerdictKind.PASS
    ledger = cast(FakeLedger, line.ledger)
    assert (ledger.records, ledger.images, ledger.thumbnails, ledger.issued) == ({}, [], [], [])
    assert line.heard.of(PartInspected) == ()
    assert line.engine.tally.counters().triggers == 0
    assert [entry[:3] for entry in ledger.audited("test_shot")] == [("wang", "test_shot", "camera top")] * 5
    line.engine.start()
    (told,) = line.inspect()
    assert (told.part_id, told.reason) == (1, None)


def test_the_real_records_know_nothing_of_it(open_real: Open) -> None:
    line = open_real()
    line.engine.load("A17")
    assert shoot(line).verdict is VerdictKind.PASS
    line.engine.start()
    line.inspect(2)
    line.engine.close()
    assert recorded(line.folder) == {1: (VerdictKind.PASS, None), 2: (VerdictKind.PASS, None)}


def test_what_is_of_no_part_is_refused_by_the_records() -> None:
    stand = RecordStand()
    concluded = stand.concluded()
    shot = stand.line.part(NO_PART)
    shot.examined.extend(concluded.part.examined)
    verdict = concluded.verdict
    assert verdict.kind is VerdictKind.PASS
    with pytest.raises(RuntimeError, match="never recorded"):
        stand.recorder.record(Concluded(shot, conclude(shot, 0, 0).inspection, verdict))
    assert stand.ledger.records == {}


def test_a_frame_that_no_part_could_be_judged_by_is_told_so(open_faked: Open) -> None:
    line = open_faked(quality=QualityLimits(mean_min=100))
    line.engine.load("A17")
    dark = shoot(line)
    assert (dark.verdict, dark.reason) == (VerdictKind.NO_RESULT, NoResultReason.QUALITY)
    assert "too dark" in dark.detail
    line.top.misdeeds = {1: Misdeed.TORN, 2: Misdeed.LOST}
    assert shoot(line).reason is NoResultReason.FRAME_TORN
    assert shoot(line).reason is NoResultReason.FRAME_LOST


def test_it_is_refused_while_the_line_runs_and_where_the_camera_is_gone(line: Line) -> None:
    line.engine.start()
    line.engine.obey(TakeTestShot("top"))
    line.engine.pause()
    line.top.misdeeds = {0: Misdeed.GONE}
    line.engine.obey(TakeTestShot("top"))
    assert line.heard.of(CommandRefused) == (
        CommandRefused("TakeTestShot", "the line is running", "pause the line first"),
        CommandRefused("TakeTestShot", "the camera does not answer", "plug it in"),
    )


def test_its_picture_is_in_the_watched_preview_and_stays_there_for_a_while(line: Line) -> None:
    assert shoot(line).sequence == 0
    line.engine.obey(WatchCamera("top"))
    line.heard.wait(lambda events: any(isinstance(event, CameraMeasured) for event in events))
    line.top.greys = dict.fromkeys(range(100), BAD)
    told = shoot(line)
    (watched,) = line.heard.of(CameraWatched)
    reader = PreviewReader(watched.preview)
    preview = reader.newest()
    reader.close()
    assert preview is not None and preview.sequence == told.sequence > 0
    assert preview.frames[0].heat_maps
    assert (preview.frames[0].pixels == noisy(BAD, SHAPE, line.top.number)).all()


def test_frames_go_back_to_the_pool(line: Line) -> None:
    for _ in range(20):
        shoot(line)
    loaded = line.engine._loaded
    assert loaded is not None
    assert {acquire.looks._pool.lent for acquire in loaded.rig._acquires} == {0}
