"""An agreement study as it is recorded: who judges which parts, what was answered, and how far it has come. Pure."""

from dataclasses import dataclass

from station_app.core.inspection import VerdictKind
from station_app.core.study_messages import StudyPart


@dataclass(frozen=True, slots=True)
class Appraiser:
    """A person who judges alone, or, where `sees_model`, with the model's verdict shown: an appraiser of its own."""

    person: str
    sees_model: bool = False


MODEL = Appraiser("", sees_model=True)
"""The model by itself: its one recorded verdict of each part, the same in every trial."""


@dataclass(frozen=True, slots=True)
class StudyDraft:
    """A study that is to be planned and recorded."""

    title: str
    parts: tuple[StudyPart, ...]
    appraisers: tuple[Appraiser, ...]
    trials: int
    includes_model: bool
    started_by: str
    started_at_ms: int


@dataclass(frozen=True, slots=True)
class ShowingAnswer:
    """What an appraiser said to one showing; times in milliseconds."""

    study_id: int
    showing: int
    person: str
    is_bad: bool
    viewed_ms: int
    saw_model: bool
    answered_at_ms: int


@dataclass(frozen=True, slots=True)
class StudyClosing:
    """Who ends a study, when and why."""

    study_id: int
    person: str
    reason: str
    closed_at_ms: int


@dataclass(frozen=True, slots=True)
class StudyCount:
    """How many of a study's showings are answered."""

    study_id: int
    answered: int
    showings: int


@dataclass(frozen=True, slots=True)
class AppraiserProgress:
    """How many of an appraiser's showings are answered."""

    appraiser: Appraiser
    answered: int
    showings: int

    @property
    def is_finished(self) -> bool:
        return self.answered == self.showings


@dataclass(frozen=True, slots=True)
class StudySummary:
    """A study with its progress. `closing` is None while it is open."""

    study_id: int
    title: str
    trials: int
    includes_model: bool
    parts: int
    bad_parts: int
    started_by: str
    started_at_ms: int
    progress: tuple[AppraiserProgress, ...]
    closing: StudyClosing | None

    @property
    def answered(self) -> int:
        return sum(entry.answered for entry in self.progress)

    @property
    def showings(self) -> int:
        return sum(entry.showings for entry in self.progress)

    @property
    def is_finished(self) -> bool:
        """Whether every showing is answered."""
        return self.answered == self.showings

    def waiting_for(self, person: str) -> int:
        """How many showings this person has still to answer; none of a closed study."""
        own = (entry for entry in self.progress if entry.appraiser.person == person)
        return 0 if self.closing is not None else sum(entry.showings - entry.answered for entry in own)


@dataclass(frozen=True, slots=True)
class NextShowing:
    """What an appraiser is shown next: the part's image under `code`, and nothing else of the part.

    `model_says_bad` is None unless this appraiser judges with the model's verdict. `answered` of `showings` are behind
    this person.
    """

    study_id: int
    showing: int
    code: str
    part_id: int
    model_says_bad: bool | None
    answered: int
    showings: int


@dataclass(frozen=True, slots=True)
class StudyDecision:
    """One answer, for the report."""

    appraiser: Appraiser
    part_id: int
    trial: int
    is_bad: bool
    viewed_ms: int


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """All that is recorded of a study. `model_bad` says of each part whether the model called it bad."""

    summary: StudySummary
    parts: tuple[StudyPart, ...]
    decisions: tuple[StudyDecision, ...]
    model_bad: dict[int, bool]


@dataclass(frozen=True, slots=True)
class StandardPart:
    """A part that people have settled and whose image is stored; `is_borderline` where a score lies near a threshold,
    or where people have differed about it."""

    part_id: int
    is_bad: bool
    is_borderline: bool
    recipe: str


def calls_bad(verdict: VerdictKind) -> bool:
    """What a verdict of the model says as an answer of a study: whatever is not told OK is called bad."""
    return verdict is not VerdictKind.PASS
