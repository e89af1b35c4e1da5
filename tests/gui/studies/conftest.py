"""The studies' screen on a fake engine that keeps its studies in a real, small database."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from station_app.core.errors import StorageError
from station_app.core.inspection import VerdictKind
from station_app.core.messages import Command, CommandRefused
from station_app.core.people import Person, Role
from station_app.core.people_messages import PeopleListed, SessionChanged
from station_app.core.review import Answer, Queue, Review
from station_app.core.study import Appraiser, NextShowing, ShowingAnswer, StudyClosing, StudyCount, StudyDraft
from station_app.core.study_messages import AnswerShowing, CloseStudy, StartStudy, StudyChanged, StudyPart
from station_app.gui.screens import ScreenName
from station_app.gui.studies.list_page import ListDeed
from station_app.gui.studies.studies_screen import StudiesScreen
from station_app.store.archive import StationArchive
from station_app.store.ledger import StationLedger
from station_app.store.studies import next_showing
from tests.gui.conftest import Bench
from tests.gui.fake_engine import NOW_MS, housing, scratch
from tests.store.records import RECIPE, ROOMY, inspection

PEOPLE = (
    Person("anna", "Anna Schmidt", Role.OPERATOR),
    Person("ben", "Ben", Role.OPERATOR),
    Person("li", "李雷", Role.QUALITY),
)


def is_bad(part_id: int) -> bool:
    return part_id % 10 in (0, 1, 2, 3)


def plain(text: str) -> str:
    """With blanks where a figure and its sign are kept together."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@dataclass(slots=True)
class StudyRoom:
    """What the engine does with the screen's commands, on real records. `person` is who is signed in."""

    bench: Bench
    ledger: StationLedger
    folder: Path
    person: str = "li"

    def sign_in(self, name: str) -> None:
        self.person = name
        role = next(person.role for person in PEOPLE if person.name == name)
        self.bench.tell(SessionChanged(name, name, role, role, has_people=True), PeopleListed(PEOPLE))

    def inspect(self, count: int) -> None:
        """So many parts with an image and a picture, all settled by reviews."""
        self.ledger.register(RECIPE).result()
        for part_id in range(1, count + 1):
            verdict = VerdictKind.FAIL if is_bad(part_id) and part_id % 10 else VerdictKind.PASS
            part = replace(inspection(part_id, verdict), inspected_at_ms=NOW_MS - (count - part_id) * 5000)
            pixels = housing(part_id, (600, 720))
            if is_bad(part_id):
                scratch(pixels)
            self.ledger.record(part).result()
            self.ledger.keep_image(part, "top", pixels)
            self.ledger.keep_thumbnail(part_id, pixels[::4, ::4].copy())
            answer = Answer.BAD if is_bad(part_id) else Answer.GOOD
            self.ledger.review(Review(part_id, Queue.NEAR, answer, "li", NOW_MS, is_blind=False)).result()

    def start(
        self,
        parts: int,
        appraisers: tuple[Appraiser, ...],
        trials: int = 2,
        title: str = "Scratches",
        *,
        includes_model: bool = True,
    ) -> None:
        chosen = tuple(StudyPart(part_id, is_bad(part_id)) for part_id in range(1, parts + 1))
        draft = StudyDraft(title, chosen, appraisers, trials, includes_model, "li", NOW_MS)
        self.ledger.start_study(draft).result()

    def next(self, person: str, study_id: int = 1) -> NextShowing | None:
        return StationArchive(self.folder).read(partial(next_showing, study_id=study_id, person=person))

    def judge(self, person: str, wrong: frozenset[int] = frozenset(), most: int = 10_000) -> None:
        """Answer this person's showings of the first study as the standard says, but for the parts that are `wrong`."""
        while most and (shown := self.next(person)) is not None:
            said = is_bad(shown.part_id) != (shown.part_id in wrong)
            saw = shown.model_says_bad is not None
            self.ledger.answer_showing(ShowingAnswer(1, shown.showing, person, said, 900, saw, NOW_MS)).result()
            most -= 1

    def obey(self, command: Command) -> None:
        try:
            count = self._obey(command)
        except StorageError as error:
            self.bench.engine.tell(CommandRefused(type(command).__name__, error.what, error.remedy))
            return
        if count is not None:
            told = StudyChanged(count.study_id, count.answered, count.showings, isinstance(command, CloseStudy))
            self.bench.engine.tell(told)

    def _obey(self, command: Command) -> StudyCount | None:
        match command:
            case StartStudy(title, parts, appraisers, trials, includes_model, assisted):
                who = (*map(Appraiser, appraisers), *(Appraiser(name, sees_model=True) for name in assisted))
                draft = StudyDraft(title, parts, who, trials, includes_model, self.person, NOW_MS)
                return self.ledger.start_study(draft).result()
            case AnswerShowing(study_id, showing, called_bad, viewed_ms, saw_model):
                given = (self.person, called_bad, viewed_ms, saw_model, NOW_MS)
                return self.ledger.answer_showing(ShowingAnswer(study_id, showing, *given)).result()
            case CloseStudy(study_id, reason):
                return self.ledger.close_study(StudyClosing(study_id, self.person, reason, NOW_MS)).result()
            case _:
                return None

    @property
    def screen(self) -> StudiesScreen:
        page = self.bench.station.workplace.pages[ScreenName.STUDIES]
        assert isinstance(page, StudiesScreen)
        return page

    def open(self) -> None:
        """By the menu and the rail, as a person does; returns when the list is read."""
        workplace = self.bench.station.workplace
        self.bench.tap(workplace.operator.top.menu)
        self.bench.tap(workplace.rail.buttons[ScreenName.STUDIES])
        self.bench.settle()

    def until_listed(self, count: int = 1) -> None:
        self.bench.qtbot.waitUntil(lambda: self.screen.list.table.rows.rowCount() == count)

    def tap(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.bench.settle()

    def do(self, deed: ListDeed) -> None:
        self.tap(self.screen.list.buttons[deed])

    def until_shown(self) -> None:
        """Until the next part stands on the screen and waits for an answer."""
        judge = self.screen.judge
        self.bench.qtbot.waitUntil(lambda: judge.good.isEnabled() and bool(judge.images.frames))


@pytest.fixture
def room(bench: Bench, tmp_path: Path) -> Iterator[StudyRoom]:
    folder = tmp_path / "records"
    with closing(StationLedger(folder, ROOMY)) as ledger:
        room = StudyRoom(bench, ledger, folder)
        bench.archive.records = StationArchive(folder)
        bench.engine.on_setup = room.obey
        room.sign_in("li")
        yield room
