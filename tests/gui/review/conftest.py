"""A small recorded line on disk, the engine's part in reviews, and the window on both."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_app.core.errors import StationError
from station_app.core.inspection import Disposition, Override, Pixels, VerdictKind
from station_app.core.messages import Command, CommandRefused, Event
from station_app.core.people_messages import SessionChanged
from station_app.core.review import Answer, Queue, Review
from station_app.core.review_messages import RecordReview, ReviewRecorded, ReviewUndone, UndoReview
from station_app.gui.review.review_desk import ReviewDesk
from station_app.gui.review.review_screen import ReviewScreen
from station_app.gui.review.review_state import ReviewState, Step
from station_app.gui.screens import ScreenName
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from station_app.store.reviews import reviews_of
from tests.gui.conftest import Bench
from tests.gui.fake_engine import housing
from tests.gui.review.drawn import QUALITY
from tests.store.records import RECIPE, ROOMY, inspection
from tests.store.reviewed_line import EVERY

CAMERAS = ("side", "top")
FAILED = (2, 4, 6)
PARTS = 6


def picture(number: int) -> Pixels:
    """Parts that look alike and are not the same."""
    return housing(number, (300, 400))


@dataclass(slots=True)
class RecordedLine:
    """Parts 1 to 6, all drawn for a blind review; the even ones failed. `refuses` makes the next review fail."""

    folder: Path
    ledger: StationLedger
    commands: list[Command] = field(default_factory=list)
    person: str = QUALITY.name
    refuses: bool = False

    def obey(self, command: Command) -> list[Event]:
        """What the engine does with the commands of the review screen, and what it tells."""
        self.commands.append(command)
        if self.refuses:
            self.refuses = False
            return [CommandRefused(type(command).__name__, "the database is too slow", "check the disk")]
        try:
            if isinstance(command, RecordReview):
                return [self._record(command)]
            if isinstance(command, UndoReview):
                part_id = self.ledger.undo_review(command.review_id, self.person).result()
                return [ReviewUndone(command.review_id, part_id)]
        except StationError as error:
            return [CommandRefused(type(command).__name__, error.what, error.remedy)]
        return []

    def _record(self, command: RecordReview) -> ReviewRecorded:
        names = list(RecordReview.__dataclass_fields__)
        said = Review(reviewer=self.person, reviewed_at_ms=5, **{name: getattr(command, name) for name in names})
        number, is_contested = self.ledger.review(said).result()
        told = (number, said.part_id, said.queue, said.answer, self.person, is_contested, said.seed)
        return ReviewRecorded(*told)

    def say(self, part_id: int, answer: Answer, person: str, label: str = "") -> None:
        """Another reviewer's blind answer."""
        self.ledger.review(Review(part_id, Queue.BLIND, answer, person, 5, is_blind=True, label=label)).result()

    def override(self, part_id: int, disposition: Disposition) -> None:
        self.ledger.override(Override(part_id, disposition, "赵强", 1_700_000_000_000)).result()

    def reviews(self, part_id: int) -> tuple[Review, ...]:
        said = StationArchive(self.folder).read(lambda reader: reviews_of(reader, part_id))
        return tuple(review for _, review in said)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[RecordedLine]:
    ledger = StationLedger(tmp_path / "records", ROOMY, plan=EVERY)
    ledger.register(RECIPE).result()
    for part_id in range(1, PARTS + 1):
        made = inspection(part_id, VerdictKind.FAIL if part_id in FAILED else VerdictKind.PASS, f"SN{part_id:04d}")
        ledger.record(made).result()
        for camera_id in CAMERAS:
            ledger.keep_image(made, camera_id, picture(part_id))
        ledger.keep_thumbnail(part_id, picture(part_id)[::4, ::4].copy())
    yield RecordedLine(tmp_path / "records", ledger)
    ledger.close()


@dataclass(slots=True)
class ReviewBench:
    """The window with the review screen open, and the records behind it."""

    bench: Bench
    line: RecordedLine

    @property
    def screen(self) -> ReviewScreen:
        page = self.bench.station.workplace.pages[ScreenName.REVIEW]
        assert isinstance(page, ReviewScreen)
        return page

    @property
    def desk(self) -> ReviewDesk:
        found = self.screen.findChild(ReviewDesk)
        assert isinstance(found, ReviewDesk)
        return found

    @property
    def state(self) -> ReviewState:
        return self.desk.state

    def sign_in(self, session: SessionChanged) -> None:
        self.line.person = session.name
        self.bench.tell(session)

    def open(self, queue: Queue | None = None) -> None:
        self.bench.station.ways.go(ScreenName.REVIEW)
        if queue is not None:
            self.bench.tap(self.screen.queues.buttons[queue])
        if self.state.bar is None:
            self.bench.qtbot.waitUntil(lambda: self.state.page_is_read)
            self.bench.qtbot.waitUntil(lambda: self.state.part is None or self.screen.canvas.is_scaled)

    def key(self, key: Qt.Key, text: str = "") -> None:
        """A person's key on the screen, through the scanner's filter; one after the other."""
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(self.screen, event)
        scanner, taps = self.bench.station.scanner, self.screen.taps
        self.bench.qtbot.waitUntil(lambda: not scanner.is_holding and not taps.is_holding)
        self.bench.settle()

    def drag(self, *shares: tuple[float, float]) -> None:
        """A finger over the image, from point to point; each is a share of its width and height."""
        canvas = self.screen.canvas
        points = [_spot(canvas.width(), canvas.height(), share) for share in shares]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(canvas, point)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])
        self.bench.settle()

    def reach(self, step: Step) -> None:
        self.bench.qtbot.waitUntil(lambda: self.state.step is step)


def _spot(width: int, height: int, share: tuple[float, float]) -> QPoint:
    return QPoint(round(width * share[0]), round(height * share[1]))


@pytest.fixture
def review(bench: Bench, line: RecordedLine) -> ReviewBench:
    """李娜 of quality is signed in; the screen is not open yet."""
    bench.archive.records = StationArchive(line.folder)
    bench.archive.pictures = {n: tuple((c, picture(n)) for c in CAMERAS) for n in range(1, PARTS + 1)}
    bench.engine.on_setup = lambda command: bench.engine.tell(*line.obey(command))
    bench.engine.station = replace(bench.engine.station, labels=("scratch", "dent", "stain"))
    bench.tell(bench.engine.station, QUALITY)
    return ReviewBench(bench, line)
