"""What the report is about: station, period, shift, filter, who asked."""

from datetime import datetime, time

from PySide6.QtCore import QCoreApplication

from station_app.gui.charts.words import left_out_note, local_time, period_note
from station_app.gui.paper.sheet import Sheet
from station_app.gui.shift_report.contents import ReportContents


def write_head(sheet: Sheet, contents: ReportContents) -> None:
    translate, question = QCoreApplication.translate, contents.question
    sheet.title(translate("Report", "Shift report"))
    sheet.fact(translate("Report", "Station"), question.station)
    sheet.fact(translate("Report", "Period"), f"{period_words(contents)} {_zone(contents)}".strip())
    sheet.fact(translate("Report", "Shift"), _shift_words(contents))
    sheet.fact(translate("Report", "Recipe"), question.where.recipe or translate("Report", "All"))
    if question.where.model:
        sheet.fact(translate("Report", "Model"), question.where.model)
    sheet.fact(translate("Report", "Made by"), question.made_by or "–")
    if not contents.is_empty:
        sheet.text(period_note(contents.yields.first, contents.yields.end), is_muted=True)
    left_out = left_out_note(question.where)
    if left_out:
        sheet.text(left_out)


def period_words(contents: ReportContents) -> str:
    """Local times; an open end is that of the records, or the time of the report."""
    where, made_at_ms = contents.question.where, contents.question.made_at_ms
    begin = _beginning() if where.from_ms is None else local_time(where.from_ms / 1000)
    end = local_time((made_at_ms if where.until_ms is None else where.until_ms) / 1000)
    return f"{begin} – {end}"


def _beginning() -> str:
    return QCoreApplication.translate("Report", "Beginning of the records")


def _zone(contents: ReportContents) -> str:
    until_ms = contents.question.where.until_ms or contents.question.made_at_ms
    local = datetime.fromtimestamp(until_ms / 1000).astimezone()
    return f"(UTC{local:%z})"


def _shift_words(contents: ReportContents) -> str:
    """The shift that begins with the period and does not end before it."""
    translate, question = QCoreApplication.translate, contents.question
    where, starts = question.where, question.shifts
    if not starts:
        return translate("Report", "The station knows no shifts")
    begin = None if where.from_ms is None else datetime.fromtimestamp(where.from_ms / 1000).astimezone()
    until_ms = question.made_at_ms if where.until_ms is None else where.until_ms
    if begin is None or begin.time() not in starts or until_ms > _next_start_ms(begin, starts):
        return translate("Report", "Not one shift")
    return translate("Report", "Shift from {time}").format(time=f"{begin:%H:%M}")


def _next_start_ms(begin: datetime, starts: tuple[time, ...]) -> float:
    """When the shift after the one that begins then begins, by the clock on the wall."""
    minute_of = {start: start.hour * 60 + start.minute for start in starts}
    own = begin.hour * 60 + begin.minute
    ahead = min((minute - own - 1) % 1440 + 1 for minute in minute_of.values())
    return (begin.timestamp() + ahead * 60) * 1000
