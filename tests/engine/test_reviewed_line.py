"""Parts of a running line are drawn, their images stored, and reviewed through the engine's commands."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.messages import CommandRefused, RecordOverride
from station_app.core.people import Person, Role, SecretKind
from station_app.core.people_messages import SignInWith
from station_app.core.review import Answer, Queue, QueuedPart
from station_app.core.review_messages import RecordReview, ReviewRecorded, ReviewUndone, UndoReview
from station_app.quality.review_plan import ReviewPlan
from station_app.quality.strata import Stratum
from station_app.store.archive import StationArchive
from station_app.store.connection import open_reader
from station_app.store.ledger import DATABASE
from station_app.store.review_queues import queue_page
from station_app.store.samples import strata
from station_app.store.verification import verify
from tests.engine.conftest import Open
from tests.engine.fakes import PATIENCE_S
from tests.engine.line import Line
from tests.engine.people import FakeRoster, password_of

EVERY = ReviewPlan((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), second_share=0.0, seeded_share=0.0)


def blind_parts(folder: Path, reviewer: str) -> tuple[QueuedPart, ...]:
    with closing(open_reader(folder / DATABASE)) as reader:
        return queue_page(reader, Queue.BLIND, reviewer)


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def answer(line: Line, part_id: int, said: Answer) -> None:
    heard = len(line.heard.of(ReviewRecorded)) + len(line.heard.of(CommandRefused))
    line.engine.obey(RecordReview(part_id, Queue.BLIND, said, is_blind=True))
    wait_until(lambda: len(line.heard.of(ReviewRecorded)) + len(line.heard.of(CommandRefused)) > heard)


def test_a_drawn_part_is_reviewed_with_its_image(open_real: Open, tmp_path: Path) -> None:
    line = open_real(plan=EVERY, roster=FakeRoster(Person("li", "Li", Role.QUALITY)))
    line.engine.obey(SignInWith("li", SecretKind.PASSWORD, password_of("li")))
    line.run()
    told = line.inspect(4)
    assert {part.verdict for part in told} == {VerdictKind.PASS}
    wait_until(lambda: len(blind_parts(tmp_path, "li")) == 4)
    assert all(StationArchive(tmp_path).images(queued.part_id) for queued in blind_parts(tmp_path, "li"))

    line.engine.obey(RecordOverride(1, Disposition.MISSED_DEFECT, "li"))
    wait_until(lambda: len(blind_parts(tmp_path, "li")) == 3)
    answer(line, 1, Answer.BAD)
    assert line.refusals() == ["you have decided about this part before: your review cannot be blind"]
    answer(line, 2, Answer.BAD)
    answer(line, 3, Answer.GOOD)
    assert [event.reviewer for event in line.heard.of(ReviewRecorded)] == ["li", "li"]
    line.engine.obey(UndoReview(line.heard.of(ReviewRecorded)[-1].review_id))
    wait_until(lambda: line.heard.of(ReviewUndone) != ())
    with closing(open_reader(tmp_path / DATABASE)) as reader:
        assert strata(reader, 0, 2**60, "A17", is_rejected=False) == (Stratum(4, 4, 1, 1, 1.0),)
    line.engine.pause()
    wait_until(lambda: verify(tmp_path) == ())
