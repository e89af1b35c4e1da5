"""A recorded study with all its figures, as the report tells them. Pure."""

from dataclasses import dataclass

from station_app.core.study import MODEL, Appraiser, AppraiserProgress, StudyDecision, StudyRecord
from station_app.quality.agreement import Decision
from station_app.quality.estimate import CannotSay
from station_app.quality.study_figures import AppraiserFigures, StudyFigures, model_decisions, study_figures
from station_app.quality.study_plan import Weakness, weaknesses

_ASSISTED = "\x1fwith the model"


@dataclass(frozen=True, slots=True)
class StudyReport:
    """`everybody` is of people, model and both together, `people` of those who judged alone; who has not answered all
    their showings is in `unfinished` and in no figure."""

    record: StudyRecord
    unfinished: tuple[AppraiserProgress, ...]
    everybody: StudyFigures | CannotSay
    people: StudyFigures | CannotSay
    weak: tuple[Weakness, ...]

    @property
    def ranked(self) -> tuple[AppraiserFigures, ...]:
        """The figures of each appraiser: people alone, people with the model, the model."""
        if isinstance(self.everybody, CannotSay):
            return ()
        return tuple(sorted(self.everybody.appraisers, key=lambda figures: rank(appraiser_of(figures.appraiser))))


def key_of(appraiser: Appraiser) -> str:
    """The name of an appraiser in the statistics."""
    return appraiser.person + (_ASSISTED if appraiser.sees_model else "")


def appraiser_of(key: str) -> Appraiser:
    """The appraiser of that name."""
    return Appraiser(key.removesuffix(_ASSISTED), sees_model=key.endswith(_ASSISTED))


def rank(appraiser: Appraiser) -> tuple[bool, bool, str]:
    """People alone come first, then people with the model, then the model."""
    return appraiser == MODEL, appraiser.sees_model, appraiser.person


def study_report(record: StudyRecord) -> StudyReport:
    """All figures of the study as far as it has come."""
    finished = {entry.appraiser for entry in record.summary.progress if entry.is_finished}
    truth = {str(part.part_id): part.is_bad for part in record.parts}
    answers = [_decision(answer) for answer in record.decisions if answer.appraiser in finished]
    model = model_decisions(key_of(MODEL), _model_answers(record), record.summary.trials)
    alone = [answer for answer in answers if not appraiser_of(answer.appraiser).sees_model]
    return StudyReport(
        record=record,
        unfinished=tuple(entry for entry in record.summary.progress if not entry.is_finished),
        everybody=study_figures([*answers, *model], truth),
        people=study_figures(alone, truth),
        weak=_weak(record, truth),
    )


def _decision(answer: StudyDecision) -> Decision:
    return Decision(key_of(answer.appraiser), str(answer.part_id), answer.trial, answer.is_bad)


def _model_answers(record: StudyRecord) -> dict[str, bool]:
    if not record.summary.includes_model:
        return {}
    return {str(part_id): is_bad for part_id, is_bad in record.model_bad.items()}


def _weak(record: StudyRecord, truth: dict[str, bool]) -> tuple[Weakness, ...]:
    """What the plan could not answer well. Which parts are borderline is known while it is made, and not recorded."""
    found = weaknesses(truth, (), len(record.summary.progress), record.summary.trials)
    return tuple(weakness for weakness in found if weakness is not Weakness.NO_BORDERLINE)
