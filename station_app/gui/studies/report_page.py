"""The report of a study, and a PDF of it. GUI thread."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.paper.study_paper import captioned
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.studies.questions import ReadReport
from station_app.gui.studies.report_view import ReportView
from station_app.gui.studies.report_words import sections
from station_app.gui.touch_button import TapGuard, TouchButton

_ROW_MM, _BUTTON_MM, _GAP_MM = 12.0, 38.0, 2.0


class ReportPage(Page):
    """`save_asked` carries the path of the PDF that a person chose."""

    save_asked = Signal(object)
    left = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._read: ReadReport | None = None
        self.view, self.note = ReportView(look, self), WhyPane(look, self)
        self.back, self.save = TouchButton(look, guard, self), TouchButton(look, guard, self)
        for button in (self.back, self.save):
            button.set_letters(3.0)
        self.back.tapped.connect(self.left)
        self.save.tapped.connect(self._on_save)
        self.dialog = QFileDialog(self)
        self.dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setDefaultSuffix("pdf")
        self.dialog.fileSelected.connect(self._on_file)
        self.retranslate()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.view, self.note, self.back, self.save):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.back.set_caption(self.tr("Back to the list"))
        self.save.set_caption(self.tr("Save PDF"))
        self.dialog.setWindowTitle(self.tr("Save PDF"))
        self.dialog.setNameFilter("PDF (*.pdf)")
        self.show_report(self._read)

    def show_report(self, read: ReadReport | None) -> None:
        """None while it is read."""
        self._read = read
        self.save.setEnabled(read is not None)
        if read is None:
            self.view.show_report((), ())
        else:
            self.view.show_report(sections(read.report), tuple(captioned(read.report, read.pictures)))

    def say(self, words: str, *, is_warning: bool = False) -> None:
        """What became of saving, or why there is no report."""
        self.note.say(words, is_warning=is_warning)

    @Slot()
    def _on_save(self) -> None:
        if self._read is not None:
            self.dialog.selectFile(f"study-{self._read.report.record.summary.study_id}.pdf")
            self.dialog.open()

    @Slot(str)
    def _on_file(self, name: str) -> None:
        self.save_asked.emit(Path(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px = self._look.mm.px
        gap, row, button = px(_GAP_MM), px(_ROW_MM), px(_BUTTON_MM)
        self.back.setGeometry(0, 0, button, row)
        self.save.setGeometry(button + gap, 0, button, row)
        x = 2 * (button + gap)
        self.note.setGeometry(x, 0, max(1, self.width() - x), row)
        self.view.setGeometry(0, row + gap, self.width(), max(1, self.height() - row - gap))
