"""The pieces of trying thresholds and where they stand. It decides nothing. GUI thread."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.recipe import Thresholds
from station_app.gui import texts
from station_app.gui.flips.wall import FlipGroup, FlipTile, FlipWall
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.pane import Pane
from station_app.gui.reading import Reader
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.gui.whatif.figure_rows import figure_rows
from station_app.gui.whatif.promise_pane import PromisePane
from station_app.gui.whatif.question import RANKED, Answer, Flip
from station_app.gui.whatif.score_histogram import ScoreHistogram
from station_app.gui.whatif.stretch_bar import StretchBar
from station_app.gui.whatif.stretches import Stretch
from station_app.gui.whatif.threshold_editor import ThresholdEditor
from station_app.gui.whatif.tried import Line, Tried
from station_app.quality.estimate import CannotSay

_ROW_MM, _GAP_MM, _TURN_MM, _EDIT_MM, _PROMISE_MM, _NOTE_MM = 10.0, 2.0, 26.0, 16.0, 15.0, 9.0
_TABLE_MM = 80.0
_LABELS, _GRAPH = 0.24, 0.36
_LABEL_SHARES, _FIGURE_SHARES = (0.44, 0.26, 0.3), (0.26, 0.37, 0.37)
_LOW_MM = 145.0
"""Below this height figures and pictures take turns."""


class WhatIfView(Page):
    """`label_chosen` carries a row, `stretch_chosen` the period."""

    label_chosen = Signal(int)
    stretch_chosen = Signal(object)

    def __init__(self, look: Look, guard: TapGuard, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.stretches = StretchBar(look, guard, self)
        self.note, self.caution = WhyPane(look, self, 2.6), WhyPane(look, self, 2.4)
        self.labels = RowTable(look, _LABEL_SHARES, self, is_choosing=True)
        self.graph = ScoreHistogram(look, self)
        self.editors = {line: ThresholdEditor(look, guard, line, self) for line in Line}
        self.figures, self.promise = RowTable(look, _FIGURE_SHARES, self), PromisePane(look, self)
        self.reset, self.take = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.wall = FlipWall(look, reader, self)
        self.labels.row_chosen.connect(self.label_chosen)
        self.stretches.chosen.connect(self.stretch_chosen)
        self.turns = (TouchButton(look, guard, self), TouchButton(look, guard, self))
        self._is_wall = False
        for button in self.turns:
            button.tapped.connect(self._on_turn)
        for button in self._buttons():
            button.set_letters(2.8)

    def _buttons(self) -> tuple[TouchButton, ...]:
        return (*self.turns, self.reset, self.take)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for pane in self._panes():
            pane.set_look(look)
        for button in self._buttons():
            button.set_look(look)
        self.stretches.set_look(look)
        for scrolled in (self.labels, self.figures):
            scrolled.set_look(look)
        self.wall.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.stretches.retranslate()
        for button, caption in zip(self.turns, (self.tr("Figures"), self.tr("Pictures")), strict=True):
            button.set_caption(caption)
        self.reset.set_caption(self.tr("Reset to active"))
        self.take.set_caption(self.tr("Into the draft"))
        self.caution.say(self.tr("Thresholds moved until past figures please are fitted to these very parts"))
        for pane in self._panes():
            pane.retranslate()
        self.wall.retranslate()

    def _panes(self) -> tuple[Pane, ...]:
        return (self.note, self.caution, self.graph, *self.editors.values(), self.promise)

    def show_stretch(self, chosen: Stretch) -> None:
        self.stretches.show_stretch(chosen)

    def show_tried(self, tried: Tried, bars: tuple[int, ...]) -> None:
        """The thresholds, and the recorded scores of the chosen label."""
        rows = [self._row(label, pair, tried.active.get(label)) for label, pair in tried.wanted.items()]
        heads = (self.tr("Label"), self.tr("Asked"), self.tr("Rejected"))
        names = list(tried.wanted)
        self.labels.show_rows(heads, rows, names.index(tried.label) if tried.label in names else None)
        self.graph.show_scores(tried, bars)
        for line, editor in self.editors.items():
            editor.show_value(tried.value(line), is_enabled=tried.pair is not None)

    def show_answer(self, answer: Answer | None) -> None:
        """What the thresholds would have done; None while nothing is read."""
        heads = (self.tr("What"), self.tr("Active"), self.tr("Tried"))
        self.figures.show_rows(heads, figure_rows(answer) if answer is not None else ())
        self.promise.show_answer(answer)
        self.wall.show_groups(_groups(answer) if answer is not None else ())

    def _row(self, label: str, pair: Thresholds, active: Thresholds | None) -> Row:
        cells = (texts.label_name(label), f"{pair.review:.3f}", f"{pair.fail:.3f}")
        return Row(cells, is_strong=pair != active)

    @Slot()
    def _on_turn(self) -> None:
        self._is_wall = self.sender() is self.turns[1]
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap, row = self._look.mm.px, self._look.mm.px(_GAP_MM), self._look.mm.px(_ROW_MM)
        x = self.stretches.width_px() + gap
        self.stretches.setGeometry(0, 0, x - gap, row)
        is_low = self.height() < px(_LOW_MM)
        right = self._place_turns(x, row) if is_low else self.width()
        self.note.setGeometry(x, 0, max(1, right - x), row)
        top, table = row + gap, px(_TABLE_MM)
        if is_low:
            table = max(1, self.height() - top - 2 * gap - px(_EDIT_MM))
        below = top + table + gap
        left, middle = round(self.width() * _LABELS), round(self.width() * _GRAPH)
        self._place_tried(left, middle, top, table)
        x = left + middle + 2 * gap
        promise, caution = px(_PROMISE_MM), px(_NOTE_MM)
        self.figures.setGeometry(x, top, max(1, self.width() - x), table)
        self.promise.setGeometry(x, below, max(1, self.width() - x), promise)
        self.caution.setGeometry(0, below + px(_EDIT_MM) - caution, left, caution)
        y = below + px(_EDIT_MM) + gap
        if is_low:
            self.wall.setGeometry(x, top, max(1, self.width() - x), table)
        else:
            self.wall.setGeometry(0, y, self.width(), max(1, self.height() - y))
        for button in self.turns:
            button.setVisible(is_low)
        self.figures.setVisible(not is_low or not self._is_wall)
        self.wall.setVisible(not is_low or self._is_wall)

    def _place_turns(self, left: int, height: int) -> int:
        """At the right end; where they begin."""
        px, gap = self._look.mm.px, self._look.mm.px(_GAP_MM)
        width = px(_TURN_MM)
        for number, button in enumerate(self.turns):
            button.setGeometry(max(left, self.width() - (2 - number) * (width + gap) + gap), 0, width, height)
            button.set_on(is_on=self._is_wall == bool(number))
        return self.turns[0].x() - gap

    def _place_tried(self, left: int, middle: int, top: int, height: int) -> None:
        """Labels with their buttons below, beside them the scores with the two fields below."""
        px, gap, row = self._look.mm.px, self._look.mm.px(_GAP_MM), self._look.mm.px(_ROW_MM)
        half, below = (left - gap) // 2, top + height + gap
        self.labels.setGeometry(0, top, left, height - row - gap)
        self.reset.setGeometry(0, below - gap - row, half, row)
        self.take.setGeometry(left - half, below - gap - row, half, row)
        self.graph.setGeometry(left + gap, top, middle, height)
        wide = (middle - gap) // 2
        for number, editor in enumerate(self.editors.values()):
            editor.setGeometry(left + gap + number * (wide + gap), below, wide, px(_EDIT_MM))


def _groups(answer: Answer) -> tuple[FlipGroup, ...]:
    """By the change, the parts that get through first: those matter most."""
    if isinstance(answer.after, CannotSay):
        return ()
    ranks = range(len(RANKED))
    turns = ((old, new) for new in ranks for old in reversed(ranks) if old != new)
    return tuple(
        FlipGroup(RANKED[old], RANKED[new], total, _tiles(answer.flips, old, new))
        for old, new in turns
        if (total := answer.after.flips[old][new])
    )


def _tiles(flips: Sequence[Flip], old: int, new: int) -> tuple[FlipTile, ...]:
    turned = (flip for flip in flips if (flip.old, flip.new) == (RANKED[old], RANKED[new]))
    return tuple(FlipTile(f.part_id, f"{f.part_id} · {texts.label_name(f.label)} {f.score:.3f}") for f in turned)
