"""The pieces of the replay page and where they stand. It decides nothing. GUI thread."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.gui import lettering, texts
from station_app.gui.charts.words import joined, local_time
from station_app.gui.flips.wall import FlipGroup, FlipTile, FlipWall
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.reading import Reader
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.replay.progress_pane import ProgressPane
from station_app.gui.replay.result_words import comparison, headline, result_rows, subject_words
from station_app.gui.replay.results import Earlier, Result
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.gui.whatif.stretch_bar import StretchBar
from station_app.gui.whatif.stretches import Stretch
from station_app.replay.outcome import Outcome

_ROW_MM, _GAP_MM, _BUTTON_MM, _HEAD_MM, _NOTE_MM = 10.0, 2.0, 28.0, 9.0, 10.0
_LEFT, _FIGURES = 0.27, 0.45
_EARLIER_SHARES, _RESULT_SHARES = (0.58, 0.42), (0.4, 0.3, 0.3)
_LONGEST_PATH = 500


class ReplayView(Page):
    """`stretch_chosen` carries the period, `earlier_chosen` the row of an earlier replay."""

    stretch_chosen = Signal(object)
    earlier_chosen = Signal(int)

    def __init__(self, look: Look, guard: TapGuard, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.stretches = StretchBar(look, guard, self)
        self.judge, self.package = WhyPane(look, self, 3.0), QLineEdit(self)
        self.start, self.stop_it = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.go_on, self.browse = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.progress = ProgressPane(look, self)
        self.earlier = RowTable(look, _EARLIER_SHARES, self, is_choosing=True)
        self.headline, self.comparison = WhyPane(look, self, 3.4), WhyPane(look, self, 2.6)
        self.figures, self.wall = RowTable(look, _RESULT_SHARES, self), FlipWall(look, reader, self)
        self.package.setMaxLength(_LONGEST_PATH)
        self.package.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.stretches.chosen.connect(self.stretch_chosen)
        self.earlier.row_chosen.connect(self.earlier_chosen)
        for button in self._buttons():
            button.set_letters(2.8)

    def _buttons(self) -> tuple[TouchButton, ...]:
        return self.start, self.stop_it, self.go_on, self.browse

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for button in self._buttons():
            button.set_look(look)
        for pane in (self.judge, self.progress, self.headline, self.comparison):
            pane.set_look(look)
        for table in (self.earlier, self.figures):
            table.set_look(look)
        self.stretches.set_look(look)
        self.wall.set_look(look)
        self.package.setFont(lettering.font(look.mm.font_px(2.8)))
        self._place()

    def retranslate(self) -> None:
        self.start.set_caption(self.tr("Judge again"))
        self.stop_it.set_caption(self.tr("Stop"))
        self.go_on.set_caption(self.tr("Go on"))
        self.browse.set_caption(self.tr("Other model …"))
        self.package.setPlaceholderText(self.tr("The recipe's own model"))
        self.package.setAccessibleName(self.tr("Folder of another model package"))
        self.stretches.retranslate()
        self.progress.retranslate()
        self.wall.retranslate()

    def show_earlier(self, earlier: tuple[Earlier, ...], chosen: str) -> None:
        """Every replay there is, the latest first."""
        rows = [Row((one.name, local_time(one.changed_ms / 1000))) for one in earlier]
        names = [one.name for one in earlier]
        row = names.index(chosen) if chosen in names else None
        self.earlier.show_rows((self.tr("Replays"), self.tr("Last judged")), rows, row)

    def show_result(self, result: Result | None) -> None:
        """What one of them came to."""
        heads = (self.tr("What"), self.tr("Recorded"), self.tr("Judged again"))
        self.figures.show_rows(heads, result_rows(result.summary) if result is not None else ())
        told = (headline(result.summary), subject_words(result.subject)) if result is not None else ()
        self.headline.say(joined(*told))
        self.comparison.say(comparison(result.summary) if result is not None else "")
        self.wall.show_groups(_groups(result) if result is not None else ())

    def show_stretch(self, stretch: Stretch) -> None:
        self.stretches.show_stretch(stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap, row = self._look.mm.px, self._look.mm.px(_GAP_MM), self._look.mm.px(_ROW_MM)
        width, button = self.width(), px(_BUTTON_MM)
        bar = self.stretches.width_px()
        self.stretches.setGeometry(0, 0, bar, row)
        self.judge.setGeometry(bar + gap, 0, max(1, width - bar - gap), row)
        y = row + gap
        self.start.setGeometry(0, y, button, row)
        self.stop_it.setGeometry(button + gap, y, button, row)
        self.browse.setGeometry(width - button, y, button, row)
        field = round(width * 0.24)
        self.package.setGeometry(width - button - gap - field, y, field, row)
        x = 2 * (button + gap)
        self.progress.setGeometry(x, y, max(1, width - button - field - 2 * gap - x), row)
        self._place_result(y + row + gap)

    def _place_result(self, top: int) -> None:
        px, gap, row = self._look.mm.px, self._look.mm.px(_GAP_MM), self._look.mm.px(_ROW_MM)
        left, height = round(self.width() * _LEFT), max(1, self.height() - top)
        self.earlier.setGeometry(0, top, left, max(1, height - row - gap))
        self.go_on.setGeometry(0, top + height - row, left, row)
        x, head, note = left + gap, px(_HEAD_MM), px(_NOTE_MM)
        right = max(1, self.width() - x)
        self.headline.setGeometry(x, top, right, head)
        figures = round(height * _FIGURES)
        self.figures.setGeometry(x, top + head, right, figures)
        self.comparison.setGeometry(x, top + head + figures, right, note)
        y = top + head + figures + note + gap
        self.wall.setGeometry(x, y, right, max(1, self.height() - y))


def _groups(result: Result) -> tuple[FlipGroup, ...]:
    return tuple(
        FlipGroup(old, new, count, tuple(_tile(outcome) for outcome in result.flips.get((old, new), ())))
        for old, new, count in result.summary.flips
    )


def _tile(outcome: Outcome) -> FlipTile:
    if outcome.score is None:
        return FlipTile(outcome.part_id, str(outcome.part_id))
    name = f"{texts.label_name(outcome.label)} " if outcome.label else ""
    return FlipTile(outcome.part_id, f"{outcome.part_id} · {name}{outcome.score:.3f}")
