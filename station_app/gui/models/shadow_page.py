"""How the chosen package judges beside the champion: figures, and the parts on which they differ. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.inspection import VerdictKind
from station_app.gui.charts.facts_pane import FactsPane
from station_app.gui.charts.sheet import Sheet
from station_app.gui.flips.enlarged import EnlargedPane
from station_app.gui.flips.wall import FlipGroup, FlipTile, FlipWall
from station_app.gui.look import Look, Looking
from station_app.gui.models.cross_pane import CrossPane
from station_app.gui.models.model_words import model_name, refusal_words, stage_name
from station_app.gui.models.models_state import ModelsState
from station_app.gui.models.records import DiscordantPage, Side
from station_app.gui.models.shadow_words import both_words, part_words, shadow_facts, side_words
from station_app.gui.page import Page
from station_app.gui.reading import Reader
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton
from station_app.store.shadow_view import DiscordantPart, PairCounts

_TITLE_MM, _ROW_MM, _GAP_MM, _CROSS_MM, _TURN_MM, _NOTE_MM = 9.0, 12.0, 2.0, 46.0, 26.0, 9.0
_LEFT = 0.34
_LOW_MM = 150.0
"""Below this height the table of four is lower."""
_LOW_CROSS_MM = 32.0


class ShadowPage(Page):
    """`side_chosen` carries the side, `turned` whether older parts are wanted. The reader is for pictures alone."""

    side_chosen = Signal(object)
    turned = Signal(bool)

    def __init__(self, look: Look, guard: TapGuard, pictures: Reader, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ModelsState()
        self.title, self.note = WhyPane(look, self, 3.2), WhyPane(look, self, 2.8)
        self.cross, self.facts = CrossPane(look, self), FactsPane(look, self)
        self.sides = {side: TouchButton(look, guard, self) for side in Side}
        self.newer, self.older = TouchButton(look, guard, self), TouchButton(look, guard, self)
        self.wall, self.enlarged = FlipWall(look, pictures, self), EnlargedPane(look, pictures, self)
        for side, button in self.sides.items():
            button.setObjectName(side)
            button.tapped.connect(self._on_side)
        self.newer.tapped.connect(self._on_newer)
        self.older.tapped.connect(self._on_older)
        for button in self._buttons():
            button.set_letters(2.8)
        self.wall.tapped.connect(self._on_part_tapped)

    def _buttons(self) -> tuple[TouchButton, ...]:
        return (*self.sides.values(), self.newer, self.older)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        pieces: tuple[Looking, ...] = (
            self.title,
            self.note,
            self.cross,
            self.facts,
            self.wall,
            self.enlarged,
            *self._buttons(),
        )
        for piece in pieces:
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        for piece in (self.cross, self.wall, self.enlarged):
            piece.retranslate()
        self.show_state(self._state)

    def show_state(self, state: ModelsState) -> None:
        if state.chosen != self._state.chosen:
            self.enlarged.close_part()
        self._state = state
        report, page = state.shadow, state.page
        self.title.say(self._title())
        self.cross.show_counts(report.view.counts if report is not None else PairCounts())
        self.facts.show_sheet(Sheet(facts=shadow_facts(report.view)) if report is not None else Sheet())
        for side, button in self.sides.items():
            count = f"{report.count(side):,}" if report is not None else "…"
            button.set_caption(self.tr("{side}: {count}").format(side=side_words(side), count=count))
            button.set_on(is_on=side is state.side)
        self.newer.set_caption(self.tr("Newer"))
        self.older.set_caption(self.tr("Older"))
        self.newer.setEnabled(bool(state.pages))
        self.older.setEnabled(page is not None and page.has_more)
        self.wall.show_groups(_groups(page) if page is not None else ())
        refusal = state.refusal
        self.note.say(refusal_words(refusal) if refusal else self._note(), is_warning=refusal is not None)

    def _title(self) -> str:
        model = self._state.model
        if model is None:
            return self.tr("No package is chosen")
        before = self._state.name_of(model.replaces) or self.tr("the champion")
        words = self.tr("{model} beside {champion} · {recipe} / {camera} · {stage}")
        names = {"recipe": model.recipe, "camera": model.camera, "stage": stage_name(model.stage)}
        return words.format(model=model_name(model), champion=before, **names)

    def _note(self) -> str:
        report, page = self._state.shadow, self._state.page
        if self._state.model is None:
            return self.tr("Choose one under Packages")
        if report is None or page is None:
            return self.tr("Reading…")
        if not report.view.counts.compared:
            return self.tr("It has not judged any part beside the champion yet")
        if not page.parts:
            return self.tr("No part differs in this way")
        return self.tr("Newest first, {count} on this page. Tap one to see it large").format(count=len(page.parts))

    @Slot()
    def _on_side(self) -> None:
        self.side_chosen.emit(Side(self.sender().objectName()))

    @Slot()
    def _on_newer(self) -> None:
        self.turned.emit(False)

    @Slot()
    def _on_older(self) -> None:
        self.turned.emit(True)

    @Slot(int)
    def _on_part_tapped(self, part_id: int) -> None:
        parts = self._state.page.parts if self._state.page is not None else ()
        part = next((part for part in parts if part.part_id == part_id), None)
        if part is not None:
            self.enlarged.show_part(part_id, both_words(part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap, row = self._look.mm.px, self._look.mm.px(_GAP_MM), self._look.mm.px(_ROW_MM)
        left, title, height = round(self.width() * _LEFT), px(_TITLE_MM), self.height()
        cross = px(_LOW_CROSS_MM if height < px(_LOW_MM) else _CROSS_MM)
        self.title.setGeometry(0, 0, self.width(), title)
        top = title + gap
        self.cross.setGeometry(0, top, left, cross)
        y = top + cross + gap
        self.facts.setGeometry(0, y, left, max(1, height - y))
        self._place_parts(left + 2 * gap, top, row)
        self.enlarged.setGeometry(self.rect())

    def _place_parts(self, x: int, top: int, row: int) -> None:
        px, gap = self._look.mm.px, self._look.mm.px(_GAP_MM)
        width, turn, note = self.width() - x, px(_TURN_MM), px(_NOTE_MM)
        each = (width - 2 * turn - 3 * gap) // 2
        for number, button in enumerate(self.sides.values()):
            button.setGeometry(x + number * (each + gap), top, each, row)
        for number, button in enumerate((self.newer, self.older)):
            button.setGeometry(x + width - (2 - number) * turn - (1 - number) * gap, top, turn, row)
        self.note.setGeometry(x, top + row + gap, width, note)
        y = top + row + note + 2 * gap
        self.wall.setGeometry(x, y, width, max(1, self.height() - y))


def _groups(page: DiscordantPage) -> tuple[FlipGroup, ...]:
    """By the two verdicts, those of this page."""
    kinds = dict.fromkeys((part.champion, part.candidate) for part in page.parts)
    return tuple(_group(page.parts, *pair) for pair in kinds)


def _group(parts: tuple[DiscordantPart, ...], champion: VerdictKind, candidate: VerdictKind) -> FlipGroup:
    own = tuple(part for part in parts if (part.champion, part.candidate) == (champion, candidate))
    return FlipGroup(champion, candidate, len(own), tuple(FlipTile(p.part_id, part_words(p)) for p in own))
