"""Counts by verdict, parts without result by reason, yields, and which recipes and models judged."""

from PySide6.QtCore import QCoreApplication

from station_app.core.inspection import VerdictKind
from station_app.gui import texts
from station_app.gui.charts.words import joined, lack_words, percent, sample_words, share_words
from station_app.gui.history.filter_texts import verdict_name
from station_app.gui.paper.sheet import Sheet
from station_app.gui.paper.table import Heading, draw_table
from station_app.gui.shift_report.contents import ReportContents
from station_app.quality.estimate import CannotSay
from station_app.quality.intervals import wilson
from station_app.quality.yields import VerdictCounts
from station_app.store.rollups import StreamSpan


def write_verdicts(sheet: Sheet, contents: ReportContents) -> None:
    """NO_RESULT is no verdict: it has no share of the judged parts."""
    translate, counts = QCoreApplication.translate, contents.yields.counts
    sheet.heading(translate("Report", "Verdicts"))
    columns = (
        Heading(translate("Report", "Verdict of the station"), 3),
        Heading(translate("Report", "Parts"), 1, is_number=True),
        Heading(translate("Report", "Share of the judged parts"), 2, is_number=True),
    )
    rows = [(verdict_name(kind), str(count), _share(count, counts)) for kind, count in _judged(counts)]
    rows.append((translate("Report", "Judged"), str(counts.judged), ""))
    rows.append((verdict_name(VerdictKind.NO_RESULT), str(counts.no_result), "–"))
    rows.append((translate("Report", "All triggers"), str(counts.triggers), ""))
    draw_table(sheet, columns, rows)
    if contents.reasons:
        _write_reasons(sheet, contents)


def _judged(counts: VerdictCounts) -> tuple[tuple[VerdictKind, int], ...]:
    return (
        (VerdictKind.PASS, counts.passed),
        (VerdictKind.FAIL, counts.failed),
        (VerdictKind.REVIEW, counts.review),
    )


def _share(count: int, counts: VerdictCounts) -> str:
    return percent(count / counts.judged) if counts.judged else "–"


def _write_reasons(sheet: Sheet, contents: ReportContents) -> None:
    translate = QCoreApplication.translate
    columns = (
        Heading(translate("Report", "Why there is no result"), 5),
        Heading(translate("Report", "Parts"), 1, is_number=True),
    )
    draw_table(sheet, columns, [(texts.no_result_lines(reason)[0], str(count)) for reason, count in contents.reasons])


def write_yields(sheet: Sheet, contents: ReportContents) -> None:
    translate, found = QCoreApplication.translate, contents.yields.yields
    sheet.heading(translate("Report", "Yield"))
    if isinstance(found, CannotSay):
        sheet.text(lack_words(found))
        return
    first, final, missing = (
        joined(share_words(share), sample_words(share)) for share in (found.first_pass, found.final, found.no_result)
    )
    sheet.fact(translate("Report", "By the model alone"), first)
    sheet.fact(translate("Report", "After people's decisions"), final)
    sheet.fact(translate("Report", "Without result, of all triggers"), missing)


def write_streams(sheet: Sheet, contents: ReportContents) -> None:
    """Every recipe revision with the packages that judged under it."""
    translate = QCoreApplication.translate
    sheet.heading(translate("Report", "Recipes and models"))
    columns = (
        Heading(translate("Report", "Recipe"), 3),
        Heading(translate("Report", "Revision"), 1.3, is_number=True),
        Heading(translate("Report", "Judged"), 1.2, is_number=True),
        Heading(translate("Report", "Yield by the model, with its interval"), 4, is_number=True),
    )
    draw_table(sheet, columns, [_stream_cells(stream) for stream in contents.streams])
    hashes = dict.fromkeys(model for stream in contents.streams for model in stream.models.split())
    for model in hashes:
        sheet.fact(translate("Report", "Model package, SHA-256"), model)


def _stream_cells(stream: StreamSpan) -> tuple[str, str, str, str]:
    if not stream.judged:
        return stream.recipe, str(stream.revision), "0", "–"
    share = wilson(stream.passed, stream.judged)
    words = f"{percent(share.value)} ({percent(share.low)} – {percent(share.high)})"
    return stream.recipe, str(stream.revision), str(stream.judged), words
