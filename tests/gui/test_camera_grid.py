"""Several cameras on the screen: the frames of one part together, one enlarged, drawn on, looked back at."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import Box, Finding, NoResultReason, Pixels, VerdictKind
from station_app.core.messages import PartInspected, RecordOverride
from station_app.gui.actions import Deed
from station_app.gui.camera_pane import CameraPane, Role
from station_app.gui.frames import StoredFrame
from tests.gui.conftest import Bench
from tests.gui.fake_engine import STATION, housing, part

THREE = replace(STATION, camera_ids=("top", "left", "right"))
SIX = replace(STATION, camera_ids=tuple("abcdef"))
DENT = Finding("dent", 0.9, Box(20, 30, 40, 20), "left", "C")


def frame(camera_id: str, grey: int = 90, size: tuple[int, int] = (120, 160)) -> StoredFrame:
    pixels: Pixels = housing(grey, size)
    return StoredFrame(camera_id, pixels)


def bad(part_id: int, **changes: object) -> PartInspected:
    """Seen by the left camera."""
    made = replace(part(part_id, VerdictKind.FAIL), findings=(DENT,), alerts=(("left", VerdictKind.FAIL),))
    return replace(made, **changes)  # type: ignore[arg-type]


def show(bench: Bench, inspected: PartInspected, *cameras: str) -> None:
    first, *others = (frame(camera_id) for camera_id in cameras)
    bench.engine.show_frames(inspected, first, *others)
    bench.tell()


@pytest.fixture
def three(bench: Bench) -> Bench:
    """Three cameras, and a part with a dent that the left one sees."""
    bench.tell(THREE)
    show(bench, bad(1), "left", "top", "right")
    return bench


def panes(bench: Bench) -> dict[str, CameraPane]:
    return {pane.camera_id: pane for pane in bench.station.screen.images.shown}


def tap(bench: Bench, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    bench.settle()


def drag(bench: Bench, pane: CameraPane, box: Box) -> None:
    canvas = pane.canvas
    assert canvas.viewport is not None
    corners = ((box.x, box.y), (box.right, box.bottom))
    start, end = (QPoint(*map(round, canvas.viewport.to_screen(*corner))) for corner in corners)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    bench.settle()


def test_one_camera_has_one_image_and_nothing_around_it(bench: Bench) -> None:
    show(bench, part(1), "top")
    images = bench.station.screen.images
    (pane,) = images.shown
    assert pane.role is Role.ALONE and pane.canvas.geometry() == pane.rect() and pane.size() == images.size()
    assert not images.back.isVisible() and not images.more.isVisible()
    tap(bench, pane.canvas)
    bench.station.desk.do(Deed.ENLARGE)
    assert images.arrangement.is_alone and not images.arrangement.enlarged


def test_every_camera_has_its_pane_and_the_one_that_saw_it_is_marked(three: Bench) -> None:
    shown = panes(three)
    assert list(shown) == ["top", "left", "right"]
    assert {name: pane.kind for name, pane in shown.items()} == {"top": None, "left": VerdictKind.FAIL, "right": None}
    assert [len(pane.canvas.marks()) for pane in shown.values()] == [0, 1, 0]
    assert shown["left"].accessibleName() == "Camera left: NG"
    assert three.station.screen.findings.lines() == ("Dent · zone C · left",)


def test_frames_of_two_parts_never_stand_side_by_side(three: Bench) -> None:
    show(three, part(2, VerdictKind.NO_RESULT, alerts=(("left", VerdictKind.NO_RESULT),)), "top", "right")
    shown = panes(three)
    assert [pane.canvas.has_image for pane in shown.values()] == [True, False, True]
    assert shown["left"].accessibleName() == "Camera left: NO RESULT, no image"
    assert three.station.screen.findings.lines()[0] == "The image arrived incomplete · left"


def test_what_no_camera_delivered_is_no_single_camera_s_fault(three: Bench) -> None:
    alerts = tuple((camera_id, VerdictKind.NO_RESULT) for camera_id in THREE.camera_ids)
    three.tell(part(2, VerdictKind.NO_RESULT, reason=NoResultReason.OVERRUN, alerts=alerts, preview_sequence=0))
    assert three.station.screen.findings.lines()[0] == "The next trigger came before the station was ready"
    assert not any(pane.canvas.has_image for pane in panes(three).values())


def test_a_tap_enlarges_and_another_leads_back(three: Bench) -> None:
    images = three.station.screen.images
    tap(three, panes(three)["right"].canvas)
    assert images.arrangement.enlarged == "right" and images.back.isVisible()
    assert {name: pane.role for name, pane in panes(three).items()} == {
        "top": Role.THUMB,
        "left": Role.THUMB,
        "right": Role.MAIN,
    }
    show(three, bad(2), "left", "top", "right")
    assert images.arrangement.enlarged == "right", "it stays from part to part"
    tap(three, panes(three)["left"])
    assert images.arrangement.enlarged == "left"
    tap(three, panes(three)["left"].canvas)
    assert images.arrangement.is_grid


def test_keys_enlarge_the_camera_that_has_something_to_show_and_step(three: Bench) -> None:
    images, desk = three.station.screen.images, three.station.desk
    seen = []
    for deed in (Deed.ENLARGE, Deed.NEXT_CAMERA, Deed.NEXT_CAMERA, Deed.PREVIOUS_CAMERA, Deed.ENLARGE):
        desk.do(deed)
        seen.append(images.arrangement.enlarged)
    assert seen == ["left", "right", "top", "right", ""]
    three.tap(images.back)
    assert images.arrangement.is_grid


def test_only_the_enlarged_image_moves(three: Bench) -> None:
    images, tools = three.station.screen.images, three.station.screen.tools
    assert not tools.buttons[Deed.ZOOM_IN].isEnabled()
    three.station.desk.do(Deed.ZOOM_IN)
    drag(three, panes(three)["top"], Box(10, 10, 60, 60))
    assert images.arrangement.is_grid
    assert all(pane.canvas.viewport is not None and pane.canvas.viewport.zoom == 1 for pane in images.shown)
    three.station.desk.do(Deed.ENLARGE)
    assert tools.buttons[Deed.ZOOM_IN].isEnabled()
    three.station.desk.do(Deed.ZOOM_IN)
    view = images.canvas.viewport
    assert images.main is not None and view is not None and view.zoom > 1
    three.station.desk.do(Deed.ENLARGE)
    assert all(pane.canvas.viewport is not None and pane.canvas.viewport.zoom == 1 for pane in images.shown)


def test_a_missed_defect_names_the_camera_that_it_was_drawn_on(three: Bench) -> None:
    three.press(Deed.MISSED_DEFECT)
    question = three.station.screen.question
    assert question.accessibleName().startswith("Tap the camera")
    drag(three, panes(three)["top"], Box(10, 10, 60, 60))
    assert three.station.screen.images.arrangement.is_grid, "nothing is drawn in the grid"
    tap(three, panes(three)["top"].canvas)
    assert question.accessibleName().startswith("Draw a box")
    drag(three, panes(three)["top"], Box(30, 40, 50, 60))
    three.tap(question.tiles[1])
    (sent,) = [command for command in three.engine.commands if isinstance(command, RecordOverride)]
    assert (sent.camera_id, sent.label, len(sent.marks)) == ("top", "dent", 1)
    (mark,) = sent.marks
    assert abs(mark.x - 30) <= 2 and abs(mark.bottom - 100) <= 2


def test_one_answer_marks_one_camera(three: Bench) -> None:
    three.press(Deed.MISSED_DEFECT)
    tap(three, panes(three)["top"].canvas)
    drag(three, panes(three)["top"], Box(30, 40, 50, 60))
    tap(three, panes(three)["left"])
    assert "Drawn on camera top" in three.station.screen.engine.sentence()
    drag(three, panes(three)["left"], Box(30, 40, 50, 60))
    tap(three, panes(three)["top"])
    tap(three, panes(three)["top"].canvas)  # the middle of the image lies in no box: nothing is taken back
    inside = panes(three)["top"].canvas
    assert inside.viewport is not None
    QTest.mouseClick(inside, Qt.MouseButton.LeftButton, pos=QPoint(*map(round, inside.viewport.to_screen(50, 60))))
    tap(three, panes(three)["left"])
    drag(three, panes(three)["left"], Box(10, 20, 50, 60))
    three.tap(three.station.screen.question.tiles[0])
    (sent,) = [command for command in three.engine.commands if isinstance(command, RecordOverride)]
    assert (sent.camera_id, len(sent.marks)) == ("left", 1)


def test_more_than_four_cameras_come_in_pages_and_tell_what_cannot_be_seen(bench: Bench) -> None:
    bench.tell(SIX)
    alerts = (("b", VerdictKind.REVIEW), ("f", VerdictKind.FAIL))
    show(bench, bad(1, findings=(), alerts=alerts), *SIX.camera_ids)
    images = bench.station.screen.images
    assert (list(panes(bench)), images.more.accessibleName(), images.more.kind) == (
        list("abcd"),
        "Cameras 5–6",
        VerdictKind.FAIL,
    )
    bench.tap(images.more)
    assert (list(panes(bench)), images.more.accessibleName(), images.more.kind) == (
        list("ef"),
        "Cameras 1–4",
        VerdictKind.REVIEW,
    )
    assert all(pane.canvas.has_image for pane in images.shown)
    assert [pane.canvas.has_image for pane in images.panes] == [True, True, False, False], "what is unseen is not held"


def test_looking_back_shows_the_stored_image_of_every_camera(bench: Bench) -> None:
    bench.tell(THREE)
    bench.archive.pictures[1] = tuple((name, housing(7, (60, 80))) for name in ("left", "top"))
    bench.tell(bad(1, alerts=(("top", VerdictKind.FAIL),), preview_sequence=0))
    bench.tell(*(part(number, preview_sequence=0) for number in range(2, 5)))
    bench.station.desk.look_back(1)
    bench.qtbot.waitUntil(lambda: panes(bench)["top"].canvas.has_image)
    assert [pane.canvas.has_image for pane in panes(bench).values()] == [True, True, False]
    frames = bench.station.screen.images.frames
    assert [frame.camera_id for frame in frames] == ["top", "left"], "the one at fault first"
    bench.station.desk.return_to_live()
    assert not any(pane.canvas.has_image for pane in panes(bench).values())


def test_images_of_a_part_that_is_left_again_are_not_shown(bench: Bench) -> None:
    bench.tell(THREE)
    bench.archive.pictures = {number: (("top", housing(number, (60, 80))),) for number in (1, 2)}
    bench.tell(*(part(number, preview_sequence=0) for number in range(1, 5)))
    for part_id in (1, 2, 1, 2):
        bench.station.desk.look_back(part_id)
    bench.qtbot.waitUntil(lambda: panes(bench)["top"].canvas.has_image)
    stored = bench.archive.pictures[2][0][1]
    (seen,) = bench.station.screen.images.frames
    assert (seen.pixels == stored).all()


def test_a_part_of_another_recipe_is_seen_by_its_own_cameras(bench: Bench) -> None:
    bench.archive.pictures[1] = tuple((name, housing(7, (60, 80))) for name in ("left", "right"))
    bench.tell(part(1, recipe="B02-plate", preview_sequence=0), part(2, preview_sequence=0))
    assert bench.station.screen.images.arrangement.is_alone
    bench.station.desk.look_back(1)
    bench.qtbot.waitUntil(lambda: list(panes(bench)) == ["left", "right"])
    bench.station.desk.return_to_live()
    assert bench.station.screen.images.arrangement.cameras == ("top",)


def test_marks_and_heat_follow_the_tools_in_every_pane(three: Bench) -> None:
    images = three.station.screen.images
    images.set_marks_hidden(True)
    assert all(pane.canvas.are_marks_hidden for pane in images.panes)
    three.tell(SIX)
    assert all(pane.canvas.are_marks_hidden for pane in images.panes), "a pane that comes later knows as well"


def _is_scaled(pane: CameraPane) -> Callable[[], bool]:
    return lambda: pane.canvas.is_scaled


def test_every_pane_is_scaled_off_the_gui_thread(three: Bench) -> None:
    for pane in panes(three).values():
        three.qtbot.waitUntil(_is_scaled(pane))
