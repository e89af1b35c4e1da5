"""The station of the demonstration: its engine, in this process, with parts in front of its camera and people at it."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from station_app.app import OpenStation, Options, open_station
from station_app.core.errors import ConfigError, StorageError
from station_app.core.inspection import VerdictKind
from station_app.core.messages import Command, Event, OverrideRecorded, PartInspected, RecordOverride
from station_app.core.people_messages import PeopleListed, SessionChanged
from station_app.core.review import DefectDrawn, Queue
from station_app.core.review_messages import RecordReview, ReviewRecorded
from station_app.core.sync_messages import SyncNow, SyncReported, SyncState
from station_app.engine.triggers import TriggerKind, TriggerSetup
from station_app.loop_demo.crew import OPERATORS, REVIEWERS, first_account, other_accounts, sign_in
from station_app.loop_demo.ear import Ear
from station_app.loop_demo.parts import TruePart, picture_name
from station_app.loop_demo.people import LineAnswer, ReviewAnswer
from station_app.store.archive import StationArchive
from station_app.store.review_queues import queue_page

CAMERA = "top"
_VIEWED_MS = 2500
_READY_S = 10.0
_REVIEWED_QUEUES = (Queue.BLIND, Queue.OVERRIDES, Queue.CONTESTED)
_PAGE = 200
_SETTLING_TRIES, _SETTLING_S = 3, 1.5
"""The courier looks for what is new every two seconds."""

Decides = Callable[[TruePart, VerdictKind], LineAnswer | None]
Reviews = Callable[[TruePart], ReviewAnswer]


@dataclass(frozen=True, slots=True, eq=False)
class Inspected:
    """One part as the station judged it."""

    part_id: int
    part: TruePart
    verdict: VerdictKind


class DemoLine:
    """An open station. Everything blocks until the station has it on disk."""

    def __init__(self, station: OpenStation, ear: Ear, folder: Path) -> None:
        self._station, self._ear = station, ear
        self._archive = StationArchive(folder)

    @property
    def ear(self) -> Ear:
        return self._ear

    def obey(self, command: Command) -> None:
        """One command, whose answer is for the caller to wait for."""
        self._station.engine.obey(command)

    @property
    def archive(self) -> StationArchive:
        """The records, to be read."""
        return self._archive

    def set_up_people(self) -> None:
        """Accounts for everybody, made by the administrator."""
        self.ask(first_account(), PeopleListed)
        for command in other_accounts():
            self.ask(command, PeopleListed)

    def sign_in(self, name: str) -> None:
        mark = self._ear.mark()
        self._station.engine.obey(sign_in(name))
        self._ear.wait_until(SessionChanged, lambda told: any(session.name == name for session in told), mark)

    def ask(self, command: Command, answer: type[Event], count: int = 1) -> None:
        """One command, and so many answers of this kind. ConfigError where it is refused."""
        mark = self._ear.mark()
        self._station.engine.obey(command)
        self._ear.wait_for(answer, count, mark)

    def inspect(self, parts: Sequence[TruePart], pace_s: float = 0.0) -> tuple[Inspected, ...]:
        """The parts in front of the camera, which delivers them in this order, as fast as the line can or `pace_s`
        apart. StorageError where the records do not say that each part was judged by its own picture."""
        engine, mark = self._station.engine, self._ear.mark()
        engine.start()
        for part in parts:
            engine.wait_ready(_READY_S)
            engine.trigger(part.serial)
            time.sleep(pace_s)
        told = self._ear.wait_for(PartInspected, len(parts), mark)
        engine.pause()
        by_serial = {event.serial: event for event in told}
        self._check_pictures(parts, by_serial)
        return tuple(Inspected(by_serial[part.serial].part_id, part, by_serial[part.serial].verdict) for part in parts)

    def decide(self, inspected: Iterable[Inspected], operator: str, decides: Decides) -> tuple[LineAnswer, ...]:
        """The operator's answers, all on record."""
        self.sign_in(operator)
        mark, answers = self._ear.mark(), []
        for each in inspected:
            answer = decides(each.part, each.verdict)
            if answer is not None:
                self._station.engine.obey(_override(each, operator, answer))
                answers.append(answer)
        self._ear.wait_for(OverrideRecorded, len(answers), mark)
        return tuple(answers)

    def review(self, parts: dict[int, TruePart], reviews: Reviews) -> int:
        """Both reviewers work through what waits for them, one after the other; how many answers they gave."""
        return sum(self._review_by(name, parts, reviews) for name in REVIEWERS)

    def send_all(self) -> SyncReported:
        """Wait until every record has reached the store; how it stands then. LinkError where nothing moves any more,
        ConfigError where the store refuses something."""
        mark = self._ear.mark()
        for _ in range(_SETTLING_TRIES):
            self._station.engine.obey(SyncNow())
            time.sleep(_SETTLING_S)
        return self._ear.wait_until(SyncReported, _is_all_sent, mark)[-1]

    def _review_by(self, reviewer: str, parts: dict[int, TruePart], reviews: Reviews) -> int:
        self.sign_in(reviewer)
        given = 0
        for queue in _REVIEWED_QUEUES:
            while waiting := self._waiting(queue, reviewer):
                mark = self._ear.mark()
                for part_id in waiting:
                    self._station.engine.obey(_review(part_id, queue, reviews(parts[part_id])))
                self._ear.wait_for(ReviewRecorded, len(waiting), mark)
                given += len(waiting)
        return given

    def _waiting(self, queue: Queue, reviewer: str) -> list[int]:
        page = self._archive.read(partial(queue_page, queue=queue, reviewer=reviewer, size=_PAGE))
        return [entry.part_id for entry in page]

    def _check_pictures(self, parts: Sequence[TruePart], told: dict[str, PartInspected]) -> None:
        records = self._archive.inspections(told[part.serial].part_id for part in parts)
        for number, (part, record) in enumerate(zip(parts, records, strict=True)):
            sources = {camera.source for camera in record.cameras}
            if not any(source.endswith(picture_name(number, part)) for source in sources):
                what = f"part {part.serial} was judged by {', '.join(sources) or 'no picture'}"
                raise StorageError(what, where="the station's records", remedy="begin again with an empty --work")


def _is_all_sent(told: list[SyncReported]) -> bool:
    if told and told[-1].state is SyncState.REFUSED:
        raise ConfigError(f"records cannot be sent: {told[-1].what}", remedy=told[-1].remedy)
    return bool(told) and told[-1].state is SyncState.IDLE and told[-1].waiting_records == 0


@contextmanager
def open_line(home: Path, pictures: Path, ear: Ear | None = None) -> Iterator[DemoLine]:
    """The station whose file lies in `home`, with its recipe loaded and the folder of pictures before its camera."""
    heard = ear or Ear()
    options = Options(
        data_dir=home / "data",
        config=home / "station.toml",
        cameras=((CAMERA, f"folder:{pictures}"),),
        trigger=TriggerSetup(TriggerKind.SOFTWARE),
    )
    station = open_station(options, heard)
    try:
        station.engine.load(station.recipe)
        yield DemoLine(station, heard, options.data_dir)
    finally:
        station.close()


def shifts(inspected: Sequence[Inspected]) -> Iterator[tuple[str, Sequence[Inspected]]]:
    """Each operator with the stretch of parts that they stand at."""
    each = -(-len(inspected) // len(OPERATORS))
    for number, operator in enumerate(OPERATORS):
        yield operator, inspected[number * each : (number + 1) * each]


def _override(each: Inspected, operator: str, answer: LineAnswer) -> RecordOverride:
    return RecordOverride(
        each.part_id,
        answer.disposition,
        operator,
        label=answer.label,
        marks=answer.marks,
        viewed_ms=_VIEWED_MS,
        camera_id=CAMERA if answer.marks else "",
    )


def _review(part_id: int, queue: Queue, said: ReviewAnswer) -> RecordReview:
    return RecordReview(
        part_id,
        queue,
        said.answer,
        is_blind=queue is Queue.BLIND,
        label=said.label,
        drawn=tuple(DefectDrawn(said.label, CAMERA, box=box) for box in said.boxes),
        viewed_ms=_VIEWED_MS,
        is_adjudication=queue is Queue.CONTESTED,
    )
