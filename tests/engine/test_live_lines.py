"""The waterfall's pictures: the newest lines, from the camera's own thread, through a preview file of their own."""

import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from station_app.core.inspection import Pixels
from station_app.devices.linescan.line_scan import line_scan_of
from station_app.devices.recovery import RecoveringCamera
from station_app.devices.recovery_policy import RecoveryPolicy
from station_app.engine import live_lines
from station_app.engine.live_lines import LiveLines, NewestLines, newest_picture
from station_app.engine.preview import PreviewReader, PreviewWriter
from station_app.engine.preview_layout import PreviewFrame
from tests.devices.fakes import ManualWatch
from tests.engine.fakes import PartCamera
from tests.engine.webs import PaintedWeb, web_camera


class Seen:
    """A web behind the recovery, and the pictures of its newest lines."""

    def __init__(self, web: PaintedWeb) -> None:
        self.camera = RecoveringCamera(lambda: web_camera(web), policy=RecoveryPolicy(), watch=ManualWatch())
        self.buffer = np.zeros(self.camera.open().shape, np.uint8)
        self.camera.start()
        scan = line_scan_of(self.camera)
        assert scan is not None
        self.scan = scan
        self.pictures: list[NewestLines] = []


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_lines, "INTERVAL_S", 0.0)


def test_an_area_camera_has_no_lines() -> None:
    assert line_scan_of(PartCamera()) is None


@pytest.mark.usefixtures("always")
def test_the_newest_lines_are_shown_while_somebody_watches_and_lost_ones_are_black() -> None:
    web = PaintedWeb(lost={2})
    web.give(60)
    seen = Seen(web)
    assert newest_picture(seen.scan, 30) is None
    live = LiveLines(seen.scan, 30, seen.pictures.append)
    live.start()
    assert seen.camera.fill(seen.buffer, 0.1) is not None
    assert [len(picture.pixels) for picture in seen.pictures] == [10, 20, 30, 30, 30]
    assert (seen.pictures[-2].first_line, seen.pictures[-2].lost) == (10, ((20, 30),))
    gap_and_after = seen.pictures[-2].pixels
    assert not gap_and_after[10:20].any() and gap_and_after[:10].all() and gap_and_after[20:].all()
    before = seen.pictures[-1].pixels.copy()
    live.stop()
    seen.camera.fill(seen.buffer, 0.01)
    assert len(seen.pictures) == 5 and (seen.pictures[-1].pixels == before).all()


def test_they_are_shown_at_most_ten_times_a_second() -> None:
    web = PaintedWeb()
    web.give(50_000)
    seen = Seen(web)
    LiveLines(seen.scan, 30, seen.pictures.append).start()
    began = time.monotonic()
    for _ in range(100):
        assert seen.camera.fill(seen.buffer, 0.1) is not None
    assert 1 <= len(seen.pictures) <= 1 + 10 * (time.monotonic() - began)


@pytest.mark.usefixtures("always")
def test_they_go_through_a_preview_file_of_their_own(tmp_path: Path) -> None:
    web = PaintedWeb()
    web.give(50)
    seen = Seen(web)
    with closing(PreviewWriter(tmp_path / "lines", seen.buffer.nbytes)) as writer:
        LiveLines(seen.scan, 40, lambda picture: _write(writer, picture.pixels)).start()
        seen.camera.fill(seen.buffer, 0.1)
        with closing(PreviewReader(str(writer.path))) as reader:
            preview = reader.newest()
    assert preview is not None and (preview.frames[0].pixels == seen.buffer[10:50]).all()


def test_who_watches_an_idle_camera_sees_lines_that_no_part_gets() -> None:
    web = PaintedWeb()
    web.give(30)
    seen = Seen(web)
    assert seen.scan.look(0.1) and seen.scan.look(0.01) is not False
    newest = newest_picture(seen.scan, 10)
    assert newest is not None and len(newest.pixels) == 10
    web.give(200)
    stamp = seen.camera.fill(seen.buffer, 0.1)
    assert stamp is not None and stamp.lines is not None and stamp.lines.part.body.start == 20


def _write(writer: PreviewWriter, picture: Pixels) -> None:
    writer.write(0, [PreviewFrame("top", picture)])
