"""What each appraiser misses and falsely rejects, and what that proves, in words. GUI thread, for the translations."""

from PySide6.QtCore import QCoreApplication

from station_app.core.study import MODEL
from station_app.gui.charts.words import lack_words, percent
from station_app.gui.studies.report_section import Section, name_of, named
from station_app.gui.studies.study_report import StudyReport, appraiser_of, rank
from station_app.gui.studies.study_words import counted_words, grade_words, interval_words
from station_app.quality.effectiveness import PERCENT_LIMITS, Effectiveness
from station_app.quality.estimate import CannotSay
from station_app.quality.study_figures import MissProof, StudyFigures


def rates_section(report: StudyReport) -> Section:
    """Observed rates with both grades, and the intervals over parts."""
    translate = QCoreApplication.translate
    heads = (
        (translate("Studies", "Appraiser"), 2.0),
        (translate("Studies", "Effectiveness"), 2.2),
        (translate("Studies", "Misses"), 2.0),
        (translate("Studies", "False alarms"), 2.0),
        (translate("Studies", "Grade"), 1.8),
        (translate("Studies", "Proved"), 1.8),
    )
    rows = tuple((name, *_rate_cells(figures.rates)) for name, figures in named(report))
    text = translate(
        "Studies", "Of all answers. Acceptable: effectiveness from {best[0]:g} %, misses to {best[1]:g} %,"
        " false alarms to {best[2]:g} %; marginal: {fair[0]:g} / {fair[1]:g} / {fair[2]:g} %."
    )  # fmt: skip
    proved = translate(
        "Studies", "The grade is of the observed rates. Proved is the grade at the safe ends of the exact 95 %"
        " intervals over parts, which hold however alike the trials of a part are."
    )  # fmt: skip
    lines = (text.format(best=PERCENT_LIMITS[0], fair=PERCENT_LIMITS[1]), proved)
    intervals = tuple(_interval_line(name, f.rates) for name, f in named(report) if isinstance(f.rates, Effectiveness))
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


def proof_section(everybody: StudyFigures) -> Section:
    """How few misses the bad parts of the study can prove."""
    translate = QCoreApplication.translate
    ordered = sorted(everybody.proofs, key=lambda proof: rank(appraiser_of(proof.appraiser)))
    lines = tuple(_proof_line(proof) for proof in ordered)
    return Section(translate("Studies", "What this proves of misses"), lines)


def _proof_line(proof: MissProof) -> str:
    """The model's trials are one verdict: only its parts count."""
    translate = QCoreApplication.translate
    values = {
        "name": name_of(proof.appraiser),
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
