"""What people decided, and the pictures of rejected and overridden parts."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from station_app.core.inspection import Disposition
from station_app.gui import texts
from station_app.gui.answers import Reason
from station_app.gui.charts.words import local_time
from station_app.gui.history.filter_texts import verdict_name
from station_app.gui.paper.sheet import Sheet
from station_app.gui.paper.table import Heading, draw_table
from station_app.gui.scaling import shrink
from station_app.gui.shift_report.contents import PicturedPart, ReportContents
from station_app.reports.drawn_findings import drawn_findings
from station_app.store.decisions_made import DecisionMade

_LONGEST_PX = 720


def write_decisions(sheet: Sheet, contents: ReportContents) -> None:
    translate = QCoreApplication.translate
    sheet.heading(translate("Report", "Decisions of people"))
    if not contents.decisions:
        sheet.text(translate("Report", "Nobody decided anything in this period."))
        return
    columns = (
        Heading(translate("Report", "Time"), 2.5),
        Heading(translate("Report", "Part"), 1.2),
        Heading(translate("Report", "From"), 1.6),
        Heading(translate("Report", "To"), 3),
        Heading(translate("Report", "Reason or defect"), 3),
        Heading(translate("Report", "Who"), 2.6),
    )
    draw_table(sheet, columns, [_decision_cells(made) for made in contents.decisions])
    if contents.decision_count > len(contents.decisions):
        words = translate("Report", "These are the newest {shown} of {count}; all of them are in the history.")
        sheet.text(words.format(shown=len(contents.decisions), count=contents.decision_count))


def _decision_cells(made: DecisionMade) -> tuple[str, ...]:
    translate = QCoreApplication.translate
    name = texts.disposition_name(made.disposition)
    to = translate("Report", "{decision} (taken back)").format(decision=name) if made.is_taken_back else name
    why = [reason_words(made.reason), texts.label_name(made.label) if made.label else ""]
    when = local_time(made.decided_at_ms / 1000)
    return when, str(made.part_id), verdict_name(made.verdict), to, ", ".join(filter(None, why)), made.operator


def reason_words(reason: str) -> str:
    """The reason's tile; one that is none of them is shown as it was written."""
    return texts.reason_name(Reason(reason)) if reason in set(Reason) else reason


def write_pictures(sheet: Sheet, contents: ReportContents) -> None:
    translate, seen = QCoreApplication.translate, [p for p in contents.pictured if p.pixels is not None]
    if not contents.pictured:
        return
    sheet.heading(translate("Report", "Rejected and overridden parts, the newest {count}").format(count=len(seen)))
    sheet.pictures([(_picture(part), _caption(part)) for part in seen])
    unseen = ", ".join(str(part.row.part_id) for part in contents.pictured if part.pixels is None)
    if unseen:
        sheet.text(translate("Report", "No image is stored of these parts: {parts}.").format(parts=unseen))


def _picture(part: PicturedPart) -> QImage:
    assert part.pixels is not None
    marks = part.standing.marks if part.standing is not None and part.standing.camera_id == part.camera_id else ()
    return shrink(drawn_findings(part.pixels, part.findings, part.camera_id, marks), _LONGEST_PX)


def _caption(part: PicturedPart) -> str:
    """Number, verdict, what people said, and the highest finding."""
    row = part.row
    overridden = row.disposition in (Disposition.FALSE_REJECT, Disposition.MISSED_DEFECT)
    said = texts.disposition_name(row.disposition) if row.disposition is not None and overridden else ""
    found = [(f.score, n, f.label) for n, f in enumerate(part.findings, 1)]
    words = [f"{row.part_id}", verdict_name(row.verdict), said]
    if found:
        score, number, label = max(found)
        words.append(f"[{number}] {texts.label_name(label)} {score:.2f}")
    elif row.score is not None and row.label:
        words.append(f"{texts.label_name(row.label)} {row.score:.2f}")
    return " · ".join(filter(None, words))
