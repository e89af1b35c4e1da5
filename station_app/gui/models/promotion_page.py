"""Promoting a package: how much it shall decide, what stops it, what will happen, and one of the two signatures.

The second person sees and signs exactly what the first has signed. GUI thread.
"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.model_messages import ModelState, PromoteModel
from station_app.core.people import Signature
from station_app.gui.look import Look, Looking
from station_app.gui.models.model_words import model_name, share_words
from station_app.gui.models.models_state import ModelsState, is_older, key_of
from station_app.gui.models.promotion import SHARES, Proposal, RuleField, proposal_of, written
from station_app.gui.models.promotion_words import (
    consequence_words,
    field_row,
    outlook_words,
    rule_heads,
    title_words,
    waiting_words,
)
from station_app.gui.models.records import SignedTerms
from station_app.gui.page import Page
from station_app.gui.recipes import sign_pane
from station_app.gui.recipes.row_table import RowTable
from station_app.gui.recipes.sign_pane import SignPane
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard, TouchButton

_TITLE_MM, _NAME_MM, _ROW_MM, _GAP_MM = 10.0, 6.0, 12.0, 2.0
_RULE_MM, _OUTLOOK_MM, _CONSEQUENCE_MM, _NOTE_MM = 56.0, 16.0, 28.0, 14.0
_RENEW_MM = 30.0
_LEFT, _RULE = 0.52, (0.56, 0.18, 0.26)


class PromotionPage(Page):
    """Hidden until a package is to be promoted. `signed` carries the command with one signature, `left` says that
    nobody signs now."""

    signed = Signal(object)
    left = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state = ModelsState()
        self._model: ModelState | None = None
        self._proposal, self._is_renewed = Proposal(), False
        self.title, self.share_name = WhyPane(look, self, 3.6), WhyPane(look, self, 2.8)
        self.shares = {share: TouchButton(look, guard, self) for share in SHARES}
        for share, button in self.shares.items():
            button.setObjectName(str(share))
            button.set_letters(3.2)
            button.tapped.connect(self._on_share)
        self.rule = RowTable(look, _RULE, self)
        self.rule.written.connect(self._on_written)
        self.outlook, self.consequence = WhyPane(look, self, 2.8), WhyPane(look, self, 2.8)
        self.waiting, self.note = WhyPane(look, self, 2.8), WhyPane(look, self, 2.8)
        self.renew, self.sign = TouchButton(look, guard, self), SignPane(look, guard, self)
        self.renew.set_letters(2.8)
        self.renew.tapped.connect(self._on_renew)
        self.sign.signed.connect(self._on_signed)
        self.sign.dropped.connect(self.left)
        self.hide()

    @property
    def proposal(self) -> Proposal:
        """What is signed for now."""
        return self._proposal if self._first is None else proposal_of(self._first)

    @property
    def _first(self) -> SignedTerms | None:
        """What the first of the two signed for; None while nobody has, or where other terms are to be signed."""
        return None if self._is_renewed else self._standing

    @property
    def _standing(self) -> SignedTerms | None:
        record = self._state.package
        has_signature = self._model is not None and bool(self._model.signed_by)
        return record.terms[0] if has_signature and record is not None and record.terms else None

    def open_for(self, model: ModelState, state: ModelsState) -> None:
        """Ask for a signature."""
        self._model, self._state, self._proposal, self._is_renewed = model, state, Proposal(), False
        self.show()
        self.raise_()
        self._ask()
        self._render()

    def close_page(self) -> None:
        self.sign.drop()

    def show_state(self, state: ModelsState) -> None:
        """The package and its signatures as they are now; where it is gone, so is the question."""
        had_signature = self._first is not None
        self._state = state
        if self._model is None or self.isHidden():
            return
        model = next((m for m in state.models if key_of(m) == key_of(self._model)), None)
        if model is None or model.stage is not self._model.stage:
            self.close_page()
            return
        self._model = model
        if (self._first is not None) != had_signature:
            self._ask()
        self._render()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        pieces: tuple[Looking, ...] = (*self._panes(), self.sign, self.rule)
        for piece in pieces:
            piece.set_look(look)
        for button in (*self.shares.values(), self.renew):
            button.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.sign.retranslate()
        if self._model is not None and not self.isHidden():
            self._ask()
            self._render()

    def _panes(self) -> tuple[WhyPane, ...]:
        return self.title, self.share_name, self.outlook, self.consequence, self.waiting, self.note

    def _ask(self) -> None:
        """Who signed first is not asked for again."""
        is_second = self._first is not None
        question = self.tr("Second signature, of another person") if is_second else self.tr("First of two signatures")
        name = "" if is_second and self._state.operator == self._first_name() else self._state.operator
        needs_reason = self._model is not None and is_older(self._state, self._model)
        self.sign.ask(question, self.tr("Sign"), is_signature=True, name=name, needs_reason=needs_reason)

    def _first_name(self) -> str:
        return self._first.name if self._first is not None else ""

    def _render(self) -> None:
        model, proposal, first = self._model, self.proposal, self._first
        if model is None:
            return
        self.title.say(title_words(model))
        self.share_name.say(self.tr("Share of the parts that it decides"))
        for share, button in self.shares.items():
            button.set_caption(share_words(share))
            button.set_on(is_on=share == proposal.share)
            button.setEnabled(first is None or share == proposal.share)
        self.renew.set_caption(self.tr("Sign for other terms"))
        self.renew.setVisible(first is not None)
        rows = [field_row(field, proposal, is_editable=first is None) for field in RuleField]
        self.rule.show_rows(rule_heads(), rows)
        self.rule.setVisible(proposal.is_canary)
        self.outlook.say(outlook_words(proposal))
        champion = self._state.name_of(model.replaces)
        self.consequence.say(consequence_words(model, model_name(champion) if champion is not None else "", proposal))
        is_old = is_older(self._state, model)
        self.waiting.say(waiting_words(model, first, is_older=is_old), is_warning=is_old)
        refusal = self._state.refusal
        self.note.say(f"{refusal.what}: {refusal.remedy}" if refusal is not None else "", is_warning=True)

    @Slot()
    def _on_renew(self) -> None:
        """Who has signed for something else signs again; the engine refuses terms that differ from another's."""
        first = self._first
        if first is not None:
            self._proposal, self._is_renewed = proposal_of(first), True
            self._ask()
            self._render()

    @Slot()
    def _on_share(self) -> None:
        share = float(self.sender().objectName())
        self._proposal = Proposal(share, self._proposal.rule)
        self._render()

    @Slot(int, int, str)
    def _on_written(self, row: int, _: int, text: str) -> None:
        changed = written(self._proposal, list(RuleField)[row], text)
        if changed is None:
            self.note.say(self.tr("Not taken: this does not lie within its limits"), is_warning=True)
            return
        self._proposal = changed
        self._render()

    @Slot(object, str)
    def _on_signed(self, signature: Signature, reason: str) -> None:
        model, proposal = self._model, self.proposal
        self.hide()
        if model is not None:
            is_old = is_older(self._state, model)
            key, rule = key_of(model), proposal.rule
            self.signed.emit(PromoteModel(*key, proposal.share, signature, rule, reason, allows_older=is_old))
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, gap, row = self._look.mm.px, self._look.mm.px(_GAP_MM), self._look.mm.px(_ROW_MM)
        top, left = px(_TITLE_MM) + gap, round(self.width() * _LEFT)
        self.title.setGeometry(0, 0, self.width(), px(_TITLE_MM))
        self.share_name.setGeometry(0, top, left, px(_NAME_MM))
        each = (left - gap * (len(self.shares) - 1)) // len(self.shares)
        y = top + px(_NAME_MM)
        for number, button in enumerate(self.shares.values()):
            button.setGeometry(number * (each + gap), y, each, row)
        y += row + gap
        self.rule.setGeometry(0, y, left, px(_RULE_MM))
        self.outlook.setGeometry(0, y + px(_RULE_MM) + gap, left, px(_OUTLOOK_MM))
        self._place_right(left + 2 * gap, top)

    def _place_right(self, x: int, y: int) -> None:
        px, gap, width = self._look.mm.px, self._look.mm.px(_GAP_MM), self.width() - x
        renew, note, row = px(_RENEW_MM), px(_NOTE_MM), px(_ROW_MM)
        self.consequence.setGeometry(x, y, width, px(_CONSEQUENCE_MM))
        y += px(_CONSEQUENCE_MM) + gap
        self.waiting.setGeometry(x, y, width - renew - gap, note)
        self.renew.setGeometry(x + width - renew, y + (note - row) // 2, renew, row)
        y += note + gap
        self.sign.setGeometry(x, y, width, px(sign_pane.HEIGHT_MM))
        self.note.setGeometry(x, y + px(sign_pane.HEIGHT_MM) + gap, width, note)
