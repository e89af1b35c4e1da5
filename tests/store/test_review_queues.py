"""The queues equal a plain model, whatever people do in whatever order; they leak nothing and read by index."""

import dataclasses
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.core.errors import StorageError
from station_app.core.inspection import Disposition
from station_app.core.review import Answer, Queue, QueuedPart
from station_app.quality.draw import chance
from station_app.store.known_parts import known_bad, known_of_recipe
from station_app.store.review_queues import queue_counts, queue_page
from station_app.store.reviews import reviews_of, session_agreement
from station_app.store.samples import strata
from tests.store.reviewed_line import EVERY, SECRET, ReviewedLine

OFTEN = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PLAN = replace(EVERY, passed=(0.5, 0.5, 0.5), rejected=(0.5, 0.5, 0.5), second_share=0.4, near_band=0.1)
PEOPLE = ("li", "wu", "bo")
DISPOSITIONS = (Disposition.AGREE, Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT, Disposition.UNSURE)


@dataclass
class ModelPart:
    """What a person with pencil and paper would note of one part."""

    part_id: int
    score: float
    has_result: bool
    has_image: bool
    said: dict[str, Answer] = field(default_factory=dict)
    blind: dict[str, Answer] = field(default_factory=dict)
    settled: Answer | None = None
    override: Disposition | None = None
    is_marked: bool = False
    seen: set[str] = field(default_factory=set)

    @property
    def is_drawn(self) -> bool:
        return self.has_result and self.has_image and chance(SECRET, "blind review", self.part_id) < 0.5

    @property
    def needed(self) -> int:
        return 2 if chance(SECRET, "second reviewer", self.part_id) < 0.4 else 1

    @property
    def queue(self) -> Queue | None:
        """The first of these that holds."""
        sure = {answer for answer in self.said.values() if answer is not Answer.UNSURE}
        sure_blind = [answer for answer in self.blind.values() if answer is not Answer.UNSURE]
        is_asked = self.is_drawn and len(sure_blind) < self.needed and len(self.blind) < self.needed + 1
        is_open = self.settled is None and len(sure) != 1
        is_unsure = Answer.UNSURE in self.said.values() or self.override is Disposition.UNSURE
        is_overridden = self.override in (Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT)
        is_near = self.has_result and min(abs(self.score - 0.3), abs(self.score - 0.6)) <= 0.1
        rules = {
            Queue.CONTESTED: self.settled is None and len(sure) == 2,
            Queue.BLIND: self.settled is None and is_asked,
            Queue.UNSURE: is_open and is_unsure,
            Queue.SUSPECT: self.is_marked,
            Queue.OVERRIDES: is_open and is_overridden,
            Queue.NO_RESULT: is_open and not self.has_result,
            Queue.NEAR: is_open and is_near,
        }
        return next((queue for queue, holds in rules.items() if holds), None)

    def is_shown_to(self, person: str) -> bool:
        match self.queue:
            case Queue.BLIND:
                return person not in self.seen
            case Queue.UNSURE:
                return self.said.get(person) is not Answer.UNSURE
            case Queue.CONTESTED:
                return self.said.get(person, Answer.UNSURE) is Answer.UNSURE
            case _:
                return True


class Model:
    """The line and the model side by side; what the line refuses, the model leaves undone."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.line = ReviewedLine(connection, PLAN)
        self.parts: list[ModelPart] = []

    def inspect(self, score: float, has_result: bool, has_image: bool) -> None:
        part = ModelPart(len(self.parts) + 1, score, has_result, has_image)
        self.line.inspect(part.part_id, score, has_result=has_result, has_image=has_image)
        self.parts.append(part)

    def override(self, part: ModelPart, disposition: Disposition, person: str) -> None:
        self.line.override(part.part_id, disposition, person)
        part.override = disposition
        part.seen.add(person)

    def suspect(self, part: ModelPart, person: str) -> None:
        self.line.suspect(part.part_id, person)
        part.is_marked = True
        part.seen.add(person)

    def answer(self, part: ModelPart, answer: Answer, person: str) -> None:
        queue = part.queue
        if queue is Queue.CONTESTED:
            self._settle(part, answer, person)
            return
        is_blind = queue is Queue.BLIND
        if is_blind and person in part.seen:
            with pytest.raises(StorageError, match="you have"):
                self.line.review(part.part_id, answer, person)
            return
        self.line.review(part.part_id, answer, person, queue or Queue.NEAR, is_blind=is_blind)
        self._note(part, answer, person, is_blind=is_blind)

    def _settle(self, part: ModelPart, answer: Answer, person: str) -> None:
        may = part.said.get(person, Answer.UNSURE) is Answer.UNSURE and answer is not Answer.UNSURE
        try:
            self.line.review(part.part_id, answer, person, Queue.CONTESTED, is_adjudication=True)
        except StorageError:
            assert not may
            return
        assert may
        part.settled = answer
        self._note(part, answer, person, is_blind=False)

    def _note(self, part: ModelPart, answer: Answer, person: str, *, is_blind: bool) -> None:
        part.seen.add(person)
        part.said[person] = answer
        if is_blind:
            part.blind[person] = answer
        if answer is not Answer.UNSURE:
            part.is_marked = False

    def check(self) -> None:
        for person in PEOPLE:
            expected = defaultdict(set)
            for part in self.parts:
                if part.queue is not None and part.is_shown_to(person):
                    expected[part.queue].add(part.part_id)
            for queue in Queue:
                assert set(self.line.page(queue, person)) == expected[queue], (queue, person)
            assert self.line.counts(person) == {queue: len(expected[queue]) for queue in Queue}


@OFTEN
@given(st.data())
def test_the_queues_equal_a_plain_model(connection: sqlite3.Connection, data: st.DataObject) -> None:
    connection.execute("BEGIN")
    try:
        model = Model(connection)
        for _ in range(data.draw(st.integers(1, 5))):
            model.inspect(data.draw(st.floats(0, 1)), data.draw(st.booleans()), data.draw(st.booleans()))
        for _ in range(data.draw(st.integers(0, 12))):
            part, person = data.draw(st.sampled_from(model.parts)), data.draw(st.sampled_from(PEOPLE))
            match data.draw(st.sampled_from(("answer", "answer", "answer", "override", "suspect"))):
                case "answer":
                    model.answer(part, data.draw(st.sampled_from(Answer)), person)
                case "override":
                    model.override(part, data.draw(st.sampled_from(DISPOSITIONS)), person)
                case _:
                    model.suspect(part, person)
        model.check()
    finally:
        connection.execute("ROLLBACK")


@OFTEN
@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(Answer), st.booleans()), max_size=10))
def test_undone_reviews_leave_the_queues_as_if_they_had_not_been(
    connection: sqlite3.Connection, answers: list[tuple[str, Answer, bool]]
) -> None:
    """But for the blind queue, where who has seen the marks is not asked again."""
    connection.execute("BEGIN")
    try:
        line = ReviewedLine(connection, replace(PLAN, passed=(1e-9,) * 3))
        line.inspect(1, 0.29)
        line.inspect(2, 0.29)
        for person, answer, is_undone in answers:
            number = line.review(1, answer, person, Queue.NEAR)
            if is_undone:
                line.undo(number, person)
            else:
                line.review(2, answer, person, Queue.NEAR)
        for person in PEOPLE:
            shown = [set(line.page(queue, person)) for queue in Queue]
            assert all(parts in (set(), {1, 2}) for parts in shown)
        (first, second) = (reviews_of(connection, part_id) for part_id in (1, 2))
        assert [review.answer for _, review in first] == [review.answer for _, review in second]
    finally:
        connection.execute("ROLLBACK")


def test_a_blind_part_says_nothing_of_its_verdict() -> None:
    names = {field.name for field in dataclasses.fields(QueuedPart)}
    assert names == {"part_id", "inspected_at_ms", "queue", "recipe", "camera_ids", "seed"}


def test_the_blind_queue_is_shuffled_and_pages_together_are_the_whole(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection, replace(EVERY, seeded_share=0.3))
    for part_id in range(1, 81):
        line.inspect(part_id, 0.1 if part_id % 2 else 0.9)
    line.review(80, Answer.BAD, "wu")
    line.review(79, Answer.BAD, "wu")
    whole = queue_page(connection, Queue.BLIND, "li", size=1000)
    pages: list[QueuedPart] = []
    while page := queue_page(connection, Queue.BLIND, "li", pages[-1] if pages else None, size=7):
        pages += page
    assert tuple(pages) == whole
    parts = [queued.part_id for queued in whole if not queued.seed]
    assert sorted(parts) == list(range(1, 79))
    assert parts != sorted(parts)
    # Passed and rejected ones lie among each other: the first forty are not mostly of one kind.
    assert 10 < sum(part_id % 2 for part_id in parts[:40]) < 30
    assert [queued.inspected_at_ms for queued in whole if queued.seed] == [
        whole[n + 1].inspected_at_ms for n, queued in enumerate(whole) if queued.seed
    ]


def test_the_newest_without_a_result_come_first_and_the_oldest_suspect_does(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection)
    for part_id in range(1, 6):
        line.inspect(part_id, has_result=False)
    assert line.page(Queue.NO_RESULT) == [5, 4, 3, 2, 1]
    (last,) = queue_page(connection, Queue.NO_RESULT, "li", size=1)
    assert [queued.part_id for queued in queue_page(connection, Queue.NO_RESULT, "li", last, 2)] == [4, 3]
    for part_id in (4, 2):
        line.suspect(part_id)
    assert line.page(Queue.SUSPECT) == [2, 4]
    oldest = {count.queue: count.oldest_ms for count in queue_counts(connection, "li")}
    assert oldest[Queue.NO_RESULT] == line.clock_ms - 4 * 60_000
    assert oldest[Queue.BLIND] is None


def test_a_part_waits_blind_as_soon_as_its_image_is_stored(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection)
    line.inspect(1, has_image=False)
    assert line.page(Queue.BLIND) == []
    line.store_image(1)
    assert line.page(Queue.BLIND) == [1]


def test_the_questions_of_the_screen_are_read_by_index(connection: sqlite3.Connection) -> None:
    line = ReviewedLine(connection, replace(EVERY, seeded_share=0.5))
    for part_id in range(1, 4):
        line.inspect(part_id)
    line.review(1, Answer.BAD)
    (first,) = queue_page(connection, Queue.BLIND, "li", size=1)
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    for queue in Queue:
        queue_page(connection, queue, "li", first if queue is Queue.BLIND else None)
    queue_counts(connection, "li")
    session_agreement(connection, "li", 0)
    strata(connection, 0, 2**50, "A17", is_rejected=False)
    known_bad(connection)
    known_of_recipe(connection, "A17", Answer.BAD, 300)
    connection.set_trace_callback(None)
    assert len(asked) > 20
    for statement in asked:
        plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        # The seven sizes are read whole, recipes are few, and a group of counts is small.
        steps = [s for s in plan if not s.startswith(("SCAN queue_sizes", "SCAN r", "USE TEMP B-TREE FOR GROUP BY"))]
        assert all("SCAN" not in step and "TEMP B-TREE" not in step for step in steps), (statement, plan)
