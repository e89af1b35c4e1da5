"""The report of a study in words and tables: the same on the screen and on paper. GUI thread, for the translations."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from station_app.core.study import MODEL, Appraiser
from station_app.gui.charts.words import lack_words, percent
from station_app.gui.studies.study_report import StudyReport, appraiser_of, rank
from station_app.gui.studies.study_words import (
    answer_words,
    appraiser_words,
    band_words,
    counted_words,
    grade_words,
    interval_words,
    kappa_words,
    progress_words,
    time_words,
    weakness_words,
)
from station_app.quality.effectiveness import PERCENT_LIMITS, Effectiveness
from station_app.quality.estimate import CannotSay
from station_app.quality.study_figures import AppraiserFigures, DisputedPart, MissProof, StudyFigures


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, and a table where there is one: `heads` with their shares of the width, and rows."""

    heading: str
    lines: tuple[str, ...] = ()
    heads: tuple[tuple[str, float], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[str, ...] = ()


def sections(report: StudyReport) -> tuple[Section, ...]:
    """From what the study is to each part that was disputed."""
    if isinstance(report.everybody, CannotSay):
        return (_head(report, report.everybody), _unfinished_table(report))
    everybody = report.everybody
    told = (_head(report), _within(report), _against(report), _between(report, everybody), _pairs(everybody))
    return (*told, _rates(report), _proved(everybody), _disputed(report, everybody))


def disputed_words(report: StudyReport, part: DisputedPart, figures: StudyFigures) -> str:
    """One part in one line, for under its picture."""
    answers = len(figures.appraisers) * report.record.summary.trials
    text = QCoreApplication.translate("Studies", "Part {part}, {standard}: {wrong} of {answers} wrong")
    standard = answer_words(is_bad=part.is_bad)
    return text.format(part=part.part, standard=standard, wrong=part.all_wrong, answers=answers)


def _head(report: StudyReport, lack: CannotSay | None = None) -> Section:
    translate, study = QCoreApplication.translate, report.record.summary
    text = translate(
        "Studies", "{parts} parts, {bad} of them bad ({share}); {trials} trials; started by {name}, {time}."
    )
    share = percent(study.bad_parts / study.parts)
    started = {"name": study.started_by, "time": time_words(study.started_at_ms)}
    lines = [text.format(parts=study.parts, bad=study.bad_parts, share=share, trials=study.trials, **started)]
    if study.closing is not None:
        text = translate("Studies", "Closed by {name}, {time}. {reason}")
        closed = (study.closing.person, time_words(study.closing.closed_at_ms), study.closing.reason)
        lines.append(text.format(name=closed[0], time=closed[1], reason=closed[2]).strip())
    warnings = [weakness_words(weakness) for weakness in report.weak]
    if report.unfinished:
        text = translate("Studies", "Unfinished, and in no figure below: {names}.")
        warnings.insert(0, text.format(names=", ".join(map(progress_words, report.unfinished))))
    if lack is not None:
        warnings.insert(0, lack_words(lack))
    return Section(study.title, tuple(lines), warnings=tuple(warnings))


def _unfinished_table(report: StudyReport) -> Section:
    translate = QCoreApplication.translate
    heads = ((translate("Studies", "Appraiser"), 3.0), (translate("Studies", "Answered"), 2.0))
    rows = tuple((appraiser_words(e.appraiser), f"{e.answered}/{e.showings}") for e in report.record.summary.progress)
    return Section(translate("Studies", "Progress"), heads=heads, rows=rows)


def _within(report: StudyReport) -> Section:
    translate = QCoreApplication.translate
    heads = (
        (translate("Studies", "Appraiser"), 2.2),
        (translate("Studies", "Same in all trials"), 2.2),
        (translate("Studies", "Interval 95 %"), 2.4),
        (translate("Studies", "Fleiss kappa"), 2.6),
        (translate("Studies", "Proved"), 1.6),
    )
    once = translate("Studies", "one verdict, recorded once")
    rows = tuple(
        (name, once, "", "", "") if _is_model(figures) else (name, *_within_cells(figures))
        for name, figures in _named(report)
    )
    line = translate("Studies", "Of all parts, those that an appraiser judged the same in every trial.")
    return Section(translate("Studies", "Within appraisers"), (line,), heads, rows)


def _within_cells(figures: AppraiserFigures) -> tuple[str, ...]:
    own = figures.own_kappa
    return counted_words(figures.within), interval_words(figures.within), kappa_words(own), band_words(own)


def _against(report: StudyReport) -> Section:
    translate = QCoreApplication.translate
    heads = (
        (translate("Studies", "Appraiser"), 2.2),
        (translate("Studies", "Right in all trials"), 2.2),
        (translate("Studies", "Interval 95 %"), 2.4),
        (translate("Studies", "Cohen kappa"), 2.6),
        (translate("Studies", "Proved"), 1.6),
    )
    rows = tuple(
        (
            name,
            counted_words(figures.against),
            interval_words(figures.against),
            kappa_words(figures.kappa),
            band_words(figures.kappa),
        )
        for name, figures in _named(report)
    )
    line = translate("Studies", "Of all parts, those that an appraiser judged as the standard in every trial.")
    return Section(translate("Studies", "Against the standard"), (line,), heads, rows)


def _between(report: StudyReport, everybody: StudyFigures) -> Section:
    translate = QCoreApplication.translate
    heads = (
        (translate("Studies", "Among"), 2.2),
        (translate("Studies", "All the same"), 2.0),
        (translate("Studies", "Interval 95 %"), 2.4),
        (translate("Studies", "Fleiss kappa"), 2.6),
        (translate("Studies", "All right"), 2.0),
    )
    groups = [(translate("Studies", "All appraisers"), everybody)]
    if isinstance(report.people, StudyFigures) and len(report.people.appraisers) < len(everybody.appraisers):
        groups.insert(0, (translate("Studies", "People alone"), report.people))
    rows = tuple(
        (
            name,
            counted_words(group.between),
            interval_words(group.between),
            kappa_words(group.fleiss),
            counted_words(group.all_against),
        )
        for name, group in groups
    )
    text = translate(
        "Studies", "Kappa is agreement beyond chance: from 0.9 good, from 0.7 marginal; it falls with the share of bad"
        " parts and is never compared between sets. Proved is what the lower end of its interval reaches, which holds"
        " however alike the trials of a part are."
    )  # fmt: skip
    return Section(translate("Studies", "Between appraisers"), (text,), heads, rows)


def _pairs(everybody: StudyFigures) -> Section:
    translate = QCoreApplication.translate
    heads = (
        (translate("Studies", "Appraiser"), 2.2),
        (translate("Studies", "Appraiser"), 2.2),
        (translate("Studies", "Cohen kappa"), 3.0),
        (translate("Studies", "Proved"), 1.6),
    )
    rows = tuple(
        (_name(pair.first), _name(pair.second), kappa_words(pair.kappa), band_words(pair.kappa))
        for pair in everybody.pairs
    )
    return Section(translate("Studies", "Pairs"), (), heads, rows)


def _rates(report: StudyReport) -> Section:
    translate = QCoreApplication.translate
    heads = (
        (translate("Studies", "Appraiser"), 2.0),
        (translate("Studies", "Effectiveness"), 2.2),
        (translate("Studies", "Misses"), 2.0),
        (translate("Studies", "False alarms"), 2.0),
        (translate("Studies", "Grade"), 1.8),
        (translate("Studies", "Proved"), 1.8),
    )
    rows = tuple((name, *_rate_cells(figures.rates)) for name, figures in _named(report))
    text = translate(
        "Studies", "Of all answers. Acceptable: effectiveness from {best[0]:g} %, misses to {best[1]:g} %,"
        " false alarms to {best[2]:g} %; marginal: {fair[0]:g} / {fair[1]:g} / {fair[2]:g} %."
    )  # fmt: skip
    proved = translate(
        "Studies", "The grade is of the observed rates. Proved is the grade at the safe ends of the exact 95 %"
        " intervals over parts, which hold however alike the trials of a part are."
    )  # fmt: skip
    lines = (text.format(best=PERCENT_LIMITS[0], fair=PERCENT_LIMITS[1]), proved)
    intervals = tuple(_interval_line(name, f.rates) for name, f in _named(report) if isinstance(f.rates, Effectiveness))
    return Section(translate("Studies", "Effectiveness, misses, false alarms"), (*lines, *intervals), heads, rows)


def _rate_cells(rates: Effectiveness | CannotSay) -> tuple[str, ...]:
    if isinstance(rates, CannotSay):
        return lack_words(rates), "", "", "", ""
    counted = (counted_words(share) for share in (rates.effectiveness, rates.misses, rates.false_alarms))
    return (*counted, grade_words(rates.grade), grade_words(rates.proved_grade))


def _interval_line(name: str, rates: Effectiveness) -> str:
    text = QCoreApplication.translate(
        "Studies", "{name}, over parts: right in all trials {right}; missed at least once {missed}; falsely rejected at"
        " least once {alarmed}."
    )  # fmt: skip
    shares = (rates.right_parts, rates.missed_parts, rates.alarmed_parts)
    right, missed, alarmed = (f"{counted_words(share)}, {interval_words(share)}" for share in shares)
    return text.format(name=name, right=right, missed=missed, alarmed=alarmed)


def _proved(everybody: StudyFigures) -> Section:
    translate = QCoreApplication.translate
    ordered = sorted(everybody.proofs, key=lambda proof: rank(appraiser_of(proof.appraiser)))
    lines = tuple(_proof_line(proof) for proof in ordered)
    return Section(translate("Studies", "What this proves of misses"), lines)


def _proof_line(proof: MissProof) -> str:
    """The model's trials are one verdict: only its parts count."""
    translate = QCoreApplication.translate
    values = {
        "name": _name(proof.appraiser),
        "parts": proof.bad_parts,
        "trials": proof.trials,
        "answers": proof.missed_answers,
        "missed": proof.missed_parts,
        "by_answer": percent(proof.by_answer),
        "by_part": percent(proof.by_part),
    }
    if appraiser_of(proof.appraiser) == MODEL:
        text = translate("Studies", "{name}: {parts} bad parts with {missed} missed prove only ≤ {by_part} missed.")
    else:
        text = translate(
            "Studies", "{name}: {parts} bad parts x {trials} trials with {answers} misses prove only ≤"
            " {by_answer} missed, were every trial independent; {missed} of the {parts} parts were missed at least"
            " once, which proves ≤ {by_part} however alike the trials are (95 %, one-sided)."
        )  # fmt: skip
    return text.format(**values)


def _disputed(report: StudyReport, everybody: StudyFigures) -> Section:
    translate = QCoreApplication.translate
    keys = [figures.appraiser for figures in everybody.appraisers]
    order = sorted(range(len(keys)), key=lambda place: rank(appraiser_of(keys[place])))
    heads = [(translate("Studies", "Part"), 1.2), (translate("Studies", "Standard"), 1.2)]
    heads += [(_name(keys[place]), 1.4) for place in order]
    trials = report.record.summary.trials
    rows = tuple(
        (part.part, answer_words(is_bad=part.is_bad), *(_wrong_words(part.wrong[place], trials) for place in order))
        for part in everybody.disputed
    )
    text = translate("Studies", "{count} of {parts} parts were not judged right by everybody in every trial. Each cell:"
                     " wrong answers of {trials}.")  # fmt: skip
    line = text.format(count=len(everybody.disputed), parts=report.record.summary.parts, trials=trials)
    return Section(translate("Studies", "Disputed parts"), (line,), tuple(heads), rows)


def _wrong_words(wrong: int, trials: int) -> str:
    return f"{wrong}/{trials}" if wrong else "·"


def _named(report: StudyReport) -> tuple[tuple[str, AppraiserFigures], ...]:
    return tuple((_name(figures.appraiser), figures) for figures in report.ranked)


def _name(key: str) -> str:
    return appraiser_words(appraiser_of(key))


def _is_model(figures: AppraiserFigures) -> bool:
    who: Appraiser = appraiser_of(figures.appraiser)
    return who == MODEL
