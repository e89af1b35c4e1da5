"""Who judges in a study: each account may judge alone, and with the model's verdict shown. GUI thread."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from station_app.core.people import Person
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.palette import palette_of
from station_app.gui.studies.studies_state import PlanChoice

_ROW_MM, _CAP_MM = 10.0, 2.8
_SHARES = (0.5, 0.22, 0.28)
_ASSISTED = 2


class AppraiserTable(QTableWidget):
    """`toggled` carries a name, and whether it is about judging with the model."""

    toggled = Signal(str, bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_SHARES), parent)
        self._look = look
        self._people: tuple[Person, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setHighlightSections(False)
        self.cellPressed.connect(self._on_pressed)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        self._look = look
        px = look.mm.px
        self.setPalette(palette_of(look.theme))
        self.setFont(lettering.font(look.mm.font_px(_CAP_MM)))
        self.horizontalHeader().setFont(lettering.font(look.mm.font_px(2.4), is_bold=True))
        self.horizontalHeader().setFixedHeight(px(_ROW_MM))
        self.verticalHeader().setDefaultSectionSize(px(_ROW_MM))
        self._share()

    def show_people(self, people: tuple[Person, ...], plan: PlanChoice) -> None:
        """Who may be chosen, and who is."""
        self._people = people
        self.setHorizontalHeaderLabels([self.tr("Appraiser"), self.tr("Alone"), self.tr("With model")])
        rows = tuple(_row(person, plan) for person in people)
        if rows != self._rows:
            self._rows = rows
            self._fill()

    def _fill(self) -> None:
        self.setRowCount(len(self._rows))
        for number, row in enumerate(self._rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(number, column, item)

    @Slot(int, int)
    def _on_pressed(self, row: int, column: int) -> None:
        self.toggled.emit(self._people[row].name, column == _ASSISTED)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        room = self.viewport().width()
        for column, share in enumerate(_SHARES):
            self.setColumnWidth(column, round(room * share))


def _row(person: Person, plan: PlanChoice) -> tuple[str, ...]:
    marks = (person.name in plan.alone, person.name in plan.assisted)
    return person.full_name or person.name, *("■" if is_chosen else "□" for is_chosen in marks)
