"""What the studies' screen knows. Pure: each function gives the state that follows."""

from dataclasses import dataclass, replace
from enum import StrEnum

from station_app.core.people import Act, Person, may
from station_app.core.people_messages import SessionChanged
from station_app.core.study import NextShowing, StandardPart, StudySummary
from station_app.core.study_messages import AnswerShowing, StartStudy, StudyPart
from station_app.gui.studies.study_report import StudyReport
from station_app.quality.study_plan import Weakness, weaknesses

USUAL_TRIALS = 3
TRIALS = (2, 3)
USUAL_BAD, USUAL_GOOD = 20, 30
"""So many are chosen beforehand: 50 parts, 40 % of them bad."""

OFFERED = 100
"""So many good and so many bad parts are offered."""


class Place(StrEnum):
    """Which page of the screen is open."""

    LIST = "list"
    PLAN = "plan"
    JUDGE = "judge"
    REPORT = "report"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the engine or the records would not do, and what helps."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A study that is being planned: what is offered, and what is chosen of it."""

    title: str = ""
    trials: int = USUAL_TRIALS
    good: tuple[StandardPart, ...] = ()
    bad: tuple[StandardPart, ...] = ()
    chosen: frozenset[int] = frozenset()
    alone: frozenset[str] = frozenset()
    assisted: frozenset[str] = frozenset()
    includes_model: bool = True

    @property
    def parts(self) -> tuple[StandardPart, ...]:
        """The chosen ones."""
        return tuple(part for part in (*self.bad, *self.good) if part.part_id in self.chosen)

    @property
    def bad_count(self) -> int:
        return sum(part.is_bad for part in self.parts)

    @property
    def weak(self) -> tuple[Weakness, ...]:
        truth = {str(part.part_id): part.is_bad for part in self.parts}
        borderline = [str(part.part_id) for part in self.parts if part.is_borderline]
        return weaknesses(truth, borderline, len(self.alone) + len(self.assisted), self.trials)

    @property
    def can_start(self) -> bool:
        """Whether it is worth asking the engine."""
        has_both = 0 < self.bad_count < len(self.parts)
        return bool(self.title.strip()) and has_both and bool(self.alone or self.assisted)

    def command(self) -> StartStudy:
        parts = tuple(StudyPart(part.part_id, part.is_bad) for part in self.parts)
        people = (tuple(sorted(self.alone)), tuple(sorted(self.assisted)))
        return StartStudy(self.title.strip(), parts, people[0], self.trials, self.includes_model, people[1])


@dataclass(frozen=True, slots=True)
class StudiesState:
    """`chosen` is a study's number, 0 for none. While `is_waiting`, an answer or a start is on its way."""

    place: Place = Place.LIST
    studies: tuple[StudySummary, ...] = ()
    chosen: int = 0
    plan: PlanChoice = PlanChoice()
    showing: NextShowing | None = None
    is_waiting: bool = False
    report: StudyReport | None = None
    refusal: Refusal | None = None

    @property
    def study(self) -> StudySummary | None:
        return next((study for study in self.studies if study.study_id == self.chosen), None)


def listing(state: StudiesState, studies: tuple[StudySummary, ...]) -> StudiesState:
    """The list as it is recorded now; the newest study is chosen where none was."""
    known = {study.study_id for study in studies}
    chosen = state.chosen if state.chosen in known else (studies[0].study_id if studies else 0)
    return replace(state, studies=studies, chosen=chosen)


def going(state: StudiesState, place: Place) -> StudiesState:
    """Another page."""
    return replace(state, place=place, showing=None, is_waiting=False, report=None, refusal=None)


def offering(state: StudiesState, good: tuple[StandardPart, ...], bad: tuple[StandardPart, ...]) -> StudiesState:
    """What the filter finds; the newest of it are chosen beforehand, as many as make a usual study."""
    newest = (*bad[:USUAL_BAD], *good[:USUAL_GOOD])
    chosen = frozenset(part.part_id for part in newest)
    return replace(state, plan=replace(state.plan, good=good, bad=bad, chosen=chosen))


def answering(state: StudiesState, *, is_bad: bool, viewed_ms: int) -> tuple[StudiesState, AnswerShowing | None]:
    """The answer to the shown part, once; None while nothing is shown or the last answer is on its way."""
    shown = state.showing
    if shown is None or state.is_waiting:
        return state, None
    saw_model = shown.model_says_bad is not None
    command = AnswerShowing(shown.study_id, shown.showing, is_bad, viewed_ms, saw_model)
    return replace(state, is_waiting=True, refusal=None), command


def may_run(session: SessionChanged) -> bool:
    """Whether this person plans, closes and reads studies."""
    return bool(session.name) and may(session.role, Act.RUN_STUDY)


def possible_appraisers(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple(person for person in people if person.is_active and may(person.role, Act.OVERRIDE))
