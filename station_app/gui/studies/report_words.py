"""The report of a study in words and tables: the same on the screen and on paper. GUI thread, for the translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.study import MODEL, Appraiser
from station_app.gui.charts.words import lack_words, percent
from station_app.gui.studies.report_rates import proof_section, rates_section
from station_app.gui.studies.report_section import Section, name_of, named
from station_app.gui.studies.study_report import StudyReport, appraiser_of, rank
from station_app.gui.studies.study_words import (
    answer_words,
    appraiser_words,
    band_words,
    counted_words,
    interval_words,
    kappa_words,
    progress_words,
    time_words,
    weakness_words,
)
from station_app.quality.estimate import CannotSay
from station_app.quality.study_figures import AppraiserFigures, DisputedPart, StudyFigures


def sections(report: StudyReport) -> tuple[Section, ...]:
    """From what the study is to each part that was disputed."""
    if isinstance(report.everybody, CannotSay):
        return (_head(report, report.everybody), _unfinished_table(report))
    everybody = report.everybody
    told = (_head(report), _within(report), _against(report), _between(report, everybody), _pairs(everybody))
    return (*told, rates_section(report), proof_section(everybody), _disputed(report, everybody))


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
        for name, figures in named(report)
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
        for name, figures in named(report)
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
        (name_of(pair.first), name_of(pair.second), kappa_words(pair.kappa), band_words(pair.kappa))
        for pair in everybody.pairs
    )
    return Section(translate("Studies", "Pairs"), (), heads, rows)


def _disputed(report: StudyReport, everybody: StudyFigures) -> Section:
    translate = QCoreApplication.translate
    keys = [figures.appraiser for figures in everybody.appraisers]
    order = sorted(range(len(keys)), key=lambda place: rank(appraiser_of(keys[place])))
    heads = [(translate("Studies", "Part"), 1.2), (translate("Studies", "Standard"), 1.2)]
    heads += [(name_of(keys[place]), 1.4) for place in order]
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


def _is_model(figures: AppraiserFigures) -> bool:
    who: Appraiser = appraiser_of(figures.appraiser)
    return who == MODEL
