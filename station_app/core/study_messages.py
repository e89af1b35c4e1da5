"""What is said about agreement studies (MSA): a plan of blind showings, and one answer after the other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StudyPart:
    """A recorded part with the standard that a group of experts has agreed on."""

    part_id: int
    is_bad: bool


@dataclass(frozen=True, slots=True)
class StartStudy:
    """Plan a study; the engine draws the random order and gives the number. `includes_model` lets the model's own
    verdicts of the parts stand beside the people. `assisted` are the people who judge with the model's verdict shown:
    who stands in `appraisers` as well does so after having judged alone."""

    title: str
    parts: tuple[StudyPart, ...]
    appraisers: tuple[str, ...]
    trials: int
    includes_model: bool = True
    assisted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerShowing:
    """The signed-in appraiser's answer to the showing of this number; `saw_model` where the model's verdict was shown
    (model and operator together are an appraiser of their own)."""

    study_id: int
    showing: int
    is_bad: bool
    viewed_ms: int
    saw_model: bool = False


@dataclass(frozen=True, slots=True)
class CloseStudy:
    """No more answers; an unfinished study says so in its report."""

    study_id: int
    reason: str = ""


StudyCommand = StartStudy | AnswerShowing | CloseStudy


@dataclass(frozen=True, slots=True)
class StudyChanged:
    """A study was started, answered or closed; the screen reads the rest from the records."""

    study_id: int
    answered: int
    showings: int
    is_closed: bool


StudyEvent = StudyChanged
