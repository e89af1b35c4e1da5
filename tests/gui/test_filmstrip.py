"""The last twelve parts."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.core.errors import StorageError
from station_app.core.inspection import Pixels, VerdictKind
from station_app.gui.archive_reader import ArchiveReader, Wishes
from station_app.gui.filmstrip import Filmstrip
from station_app.gui.look import Look
from station_app.gui.millimetres import Millimetres
from station_app.gui.scaling import to_image
from station_app.gui.screen_state import PartOnScreen
from station_app.gui.theme import LIGHT
from station_app.gui.touch_button import TapGuard
from tests.gui.fake_engine import FakeArchive, part


@pytest.fixture
def strip(qapp: QApplication) -> Iterator[Filmstrip]:
    strip = Filmstrip(Look(LIGHT, Millimetres(4)), TapGuard(guard_ms=0))
    strip.resize(12 * 96 + 11 * 4, 96)
    strip.show()
    yield strip
    strip.close()
    strip.deleteLater()


def _parts(*kinds: VerdictKind) -> tuple[PartOnScreen, ...]:
    return tuple(PartOnScreen(part(number, kind)) for number, kind in enumerate(kinds, 1))


def test_the_newest_stands_right_from_the_first_part_on(strip: Filmstrip) -> None:
    strip.show_parts(_parts(VerdictKind.PASS, VerdictKind.FAIL), 2)
    assert [tile.part.part_id if tile.part else None for tile in strip.tiles] == [None] * 10 + [1, 2]
    assert [tile.isEnabled() for tile in strip.tiles] == [False] * 10 + [True] * 2


def test_frames_are_red_and_amber_and_plain(strip: Filmstrip) -> None:
    strip.show_parts(_parts(VerdictKind.PASS, VerdictKind.FAIL, VerdictKind.NO_RESULT), None)
    picture = strip.grab().toImage()
    edges = [picture.pixelColor(tile.x() + 94, 50).name().upper() for tile in strip.tiles[-3:]]
    assert edges == [LIGHT.canvas, LIGHT.ng.frame, LIGHT.no_result.frame]


def test_a_tap_names_the_part(strip: Filmstrip) -> None:
    looked: list[int] = []
    strip.looked_back.connect(looked.append)
    strip.show_parts(_parts(VerdictKind.PASS, VerdictKind.FAIL), 2)
    QTest.mouseClick(strip.tiles[-2], Qt.MouseButton.LeftButton)
    QTest.mouseClick(strip.tiles[0], Qt.MouseButton.LeftButton)
    assert looked == [1]
    assert strip.tiles[-2].accessibleName() == "Look back at part 2A17-0093401, OK"


def test_pictures_leave_with_their_parts(strip: Filmstrip) -> None:
    strip.show_parts(_parts(VerdictKind.PASS, VerdictKind.FAIL), 2)
    strip.set_picture(1, to_image(np.zeros((8, 8), np.uint8)))
    strip.set_picture(99, to_image(np.zeros((8, 8), np.uint8)))
    assert strip.without_picture() == (2,)
    strip.show_parts((PartOnScreen(part(3)),), 3)
    strip.show_parts(_parts(VerdictKind.PASS), 1)
    assert strip.without_picture() == (1,)


def test_a_second_tap_within_the_guard_is_a_bounce() -> None:
    guard = TapGuard(guard_ms=60_000)
    assert guard.admit() and not guard.admit()


class FaultyArchive(FakeArchive):
    """Its disk fails for one part."""

    def thumbnail(self, part_id: int) -> Pixels | None:
        if part_id == 1:
            raise StorageError("unreadable", where="part 1")
        return super().thumbnail(part_id)


def test_missing_pictures_are_read_once_and_off_the_gui_thread(qtbot: QtBot) -> None:
    picture = (("top", np.full((40, 50), 9, np.uint8)),)
    archive = FaultyArchive({2: picture, 3: picture})
    reader = ArchiveReader(lambda: archive)
    read: list[int] = []

    def keep(part_id: int, picture: object) -> None:
        read.append(part_id)

    reader.thumbnail_read.connect(keep)
    reader.images_read.connect(keep)
    reader.start()
    for _ in range(3):
        reader.wish(Wishes(images=3, thumbnails=(1, 2, 9), tile_px=20))
    qtbot.waitUntil(lambda: len(read) == 2)
    reader.wish(Wishes(images=None, thumbnails=(1, 2, 9), tile_px=20))
    archive.pictures[9] = picture
    reader.ask_again()
    qtbot.waitUntil(lambda: 9 in read)
    reader.stop()
    assert read == [3, 2, 2, 9]
