"""What the records say about the part, once it may be seen: verdict, scores, the operator's and others' answers.

While it must be hidden the pane says so, and paints nothing that depends on the part. GUI thread.
"""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from station_app.core.review import Review
from station_app.gui import lettering, texts
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.review.facts import PartFacts, ScoreLine, contest, others, score_lines
from station_app.gui.review.review_state import ReviewState, Step
from station_app.gui.review.review_texts import (
    answer_name,
    comparison_text,
    operator_text,
    severity_name,
    verdict_text,
)
from station_app.gui.symbols import draw_verdict

_MOST_SCORES, _ROW_MM = 4, 5.8
NAMES = "ABCDEF"
"""Of the two who differ: an adjudicator judges answers, not persons."""


class KnownPane(Pane):
    """Everything about the part that is not in its image."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ReviewState()

    def show_state(self, state: ReviewState) -> None:
        self._state = state
        said = (*self.sides(), *self.lines(), *(f"{line.label} {line.score:.2f}" for line in self._scores()))
        self.setAccessibleName("\n".join(said))
        self._is_news((said, state.facts))

    def retranslate(self) -> None:
        self.show_state(self._state)

    def lines(self) -> tuple[str, ...]:
        """What is written, a sentence each; the first is the headline."""
        state = self._state
        if state.part is None or state.bar is not None:
            return ()
        if state.is_hidden:
            return (self.tr("Hidden until you have answered: verdict, scores, marks, and what others said"),)
        if state.facts is None:
            return (self.tr("The records are being read"),)
        return self._reveal()

    def sides(self) -> tuple[str, ...]:
        """The answers that an adjudicator is to settle, side by side."""
        facts = self._state.facts if self._state.is_adjudication and self._state.bar is None else None
        return tuple(self._side(n, review) for n, review in enumerate(contest(facts))) if facts is not None else ()

    def _reveal(self) -> tuple[str, ...]:
        state, facts = self._state, self._state.facts or PartFacts()
        answer = state.draft.answer if state.step is Step.REVEALED else None
        said = (verdict_text(facts), comparison_text(answer, facts), operator_text(facts), self._others(facts))
        contested = self.tr("Another reviewer says otherwise: an adjudicator settles it") if state.is_contested else ""
        return tuple(filter(None, (*said, contested)))

    def _others(self, facts: PartFacts) -> str:
        if self._state.is_adjudication or facts.reviews is None:
            return ""
        said = [answer_name(review.answer) for review in others(facts, self._state.session.name)]
        return self.tr("Other reviewers: {answers}").format(answers=", ".join(said)) if said else ""

    def _side(self, number: int, review: Review) -> str:
        words = [answer_name(review.answer), texts.label_name(review.label) if review.label else ""]
        words += [severity_name(review.severity) if review.severity else "", review.comment]
        name = NAMES[number] if number < len(NAMES) else str(number + 1)
        return f"{name}: " + " · ".join(filter(None, words))

    def _scores(self) -> tuple[ScoreLine, ...]:
        facts = self._state.facts
        return score_lines(facts)[:_MOST_SCORES] if facts is not None and not self._state.is_hidden else ()

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.face))
        room = self.rect().adjusted(px(2), px(1.5), -px(2), -px(1))
        lines, sides = self.lines(), self.sides()
        written = len(lines) + 2 * bool(sides)
        scores = self._scores()[: max(1, room.height() // px(_ROW_MM) - written)]
        row = min(px(8), room.height() // max(1, written + len(scores)))
        y = self._paint_sides(painter, room, 2 * row) if sides else room.y()
        for number, line in enumerate(lines):
            is_verdict = line == verdict_text(self._state.facts) if self._state.facts is not None else False
            left = self._symbol(painter, QRect(room.x(), y, row, row)) if is_verdict else 0
            style = self._look.style(3.2 if number == 0 else 2.8, 1.5, is_bold=number == 0, is_wrapped=True)
            self._write(painter, QRect(room.x() + left, y, room.width() - left, row), line, style)
            y += row
        for score in scores:
            self._paint_score(painter, QRect(room.x(), y, room.width(), row), score)
            y += row

    def _paint_sides(self, painter: QPainter, room: QRect, height: int) -> int:
        """Each answer in a column of its own; where the next line begins."""
        gap, sides = self._look.mm.px(1.5), self.sides()
        width = (room.width() - gap * (len(sides) - 1)) // len(sides)
        for number, said in enumerate(sides):
            column = QRect(room.x() + number * (width + gap), room.y(), width, height - gap)
            painter.fillRect(column, QColor(self._look.theme.background))
            inner = column.adjusted(gap, 0, -gap, 0)
            self._write(painter, inner, said, self._look.style(2.8, 1.5, is_bold=True, is_wrapped=True))
        return room.y() + height

    def _symbol(self, painter: QPainter, place: QRect) -> int:
        inspection = self._state.facts.inspection if self._state.facts is not None else None
        if inspection is None:
            return 0
        paint, edge = self._look.theme.verdict(inspection.verdict), place.height() * 0.08
        inner = QRectF(place).adjusted(edge, edge, -edge, -edge)
        shape, sign = (paint.ink, paint.fill) if paint.fill == self._look.theme.ok.fill else (paint.fill, paint.ink)
        draw_verdict(painter, inspection.verdict, inner, QColor(shape), QColor(sign))
        return place.width() + self._look.mm.px(1.5)

    def _paint_score(self, painter: QPainter, room: QRect, line: ScoreLine) -> None:
        """A bar from 0 to 1 with the two thresholds across it, and the figures beside it."""
        px, theme = self._look.mm.px, self._look.theme
        name = QRect(room.x(), room.y(), round(room.width() * 0.3), room.height())
        figures = QRect(room.right() - round(room.width() * 0.34), room.y(), round(room.width() * 0.34), room.height())
        self._write(painter, name, texts.label_name(line.label), self._look.style(2.6, 1.8))
        bar = QRect(name.right() + px(1), room.center().y() - px(0.8), figures.x() - name.right() - px(3), px(1.6))
        painter.fillRect(bar, QColor(theme.line))
        share = min(1.0, max(0.0, line.score))
        painter.fillRect(QRect(bar.x(), bar.y(), round(bar.width() * share), bar.height()), QColor(theme.ink))
        said = f"{line.score:.2f}"
        if line.thresholds is not None:
            said += f" ({line.thresholds.review:.2f} / {line.thresholds.fail:.2f})"
            for threshold in (line.thresholds.review, line.thresholds.fail):
                x = bar.x() + round(bar.width() * threshold)
                painter.fillRect(QRect(x, bar.y() - px(1), max(1, px(0.4)), bar.height() + px(2)), QColor(theme.ink))
        self._write(painter, figures, said, lettering.flush_right(self._look.style(2.6, 1.8)))
