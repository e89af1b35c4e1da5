"""Right: what differs from the active revision, who signed, and what can be done. GUI thread."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.people import Signature
from station_app.core.recipe_messages import RevisionState
from station_app.core.recipe_states import Revision
from station_app.gui.look import Look
from station_app.gui.page import Page
from station_app.gui.recipes import deeds_bar, sign_pane
from station_app.gui.recipes.deeds_bar import SIGNED, DeedsBar, RecipeDeed
from station_app.gui.recipes.recipe_words import change_cells, local_time, role_name, state_name
from station_app.gui.recipes.recipes_state import RecipesState, Standing
from station_app.gui.recipes.row_table import Row, RowTable
from station_app.gui.recipes.sign_pane import SignPane
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard

_TITLE_MM, _NOTE_MM, _GAP_MM, _LIFE_SHARE = 9.0, 13.0, 1.5, 0.36
_CHANGES, _LIFE = (0.44, 0.28, 0.28), (0.24, 0.2, 0.26, 0.3)


class SidePanel(Page):
    """`decided` carries the deed, the signature or None, and the reason; `kept` says that changes are not dropped."""

    decided = Signal(object, object, str)
    kept = Signal()

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._state, self._standing, self._asked = RecipesState(), Standing(), RecipeDeed.SAVE
        self.title, self.note = WhyPane(look, self, 3.4), WhyPane(look, self, 2.8)
        self.changes, self.life = RowTable(look, _CHANGES, self), RowTable(look, _LIFE, self)
        self.bar, self.sign = DeedsBar(look, guard, self), SignPane(look, guard, self)
        self.sign.hide()
        self.bar.asked.connect(self._on_asked)
        self.sign.signed.connect(self._on_signed)
        self.sign.dropped.connect(self._on_dropped)

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        for piece in (self.title, self.note, self.changes, self.life, self.bar, self.sign):
            piece.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.sign.retranslate()
        self.show_state(self._state, self._standing)

    def show_state(self, state: RecipesState, standing: Standing) -> None:
        if (state.chosen, state.is_editing) != (self._state.chosen, self._state.is_editing):
            self.sign.hide()
        is_wish = state.wanted is not None and state.wanted != self._state.wanted
        self._state, self._standing = state, standing
        if is_wish:
            self._ask_to_drop()
        self.title.say(self._title())
        refusal = state.refusal
        words = f"{refusal.what}: {refusal.remedy}" if refusal is not None else self._needs()
        self.note.say(words, is_warning=refusal is not None)
        self._show_changes()
        self._show_life()
        self.bar.show_state(state, standing)
        self._place()

    def _title(self) -> str:
        revision = self._state.revision
        if revision is None:
            return ""
        if self._state.is_editing:
            words = self.tr("{recipe} · revision {number} · being changed")
            return words.format(recipe=revision.recipe, number=self._state.number)
        words = self.tr("{recipe} · revision {number} · {state}")
        return words.format(recipe=revision.recipe, number=revision.number, state=state_name(revision.state))

    def _needs(self) -> str:
        """What comes next for what is shown."""
        revision = self._state.revision
        if revision is None:
            return self.tr("Choose a revision in the list")
        if self._state.is_editing:
            return self.tr("Changes are kept when the draft is saved. Every change drops the signatures")
        if revision.state is RevisionState.DRAFT:
            roles = ", ".join(role_name(role) for role in revision.missing_roles)
            return self.tr("Still needs the approval of: {roles}").format(roles=roles)
        if revision.state is RevisionState.ACTIVE and not self._state.may_edit:
            return self.tr("This is what the line loads. To change it, an engineer signs in with a password")
        return {
            RevisionState.APPROVED: self.tr("Approved by two people. Once active, it is taken at the next load"),
            RevisionState.ACTIVE: self.tr("This is what the line loads. To change it, make a draft of it"),
            RevisionState.RETIRED: self.tr("Not in use. Once active, it can be made active again in one step"),
        }[revision.state]

    def _show_changes(self) -> None:
        rows = [Row(change_cells(change)) for change in self._state.changes]
        is_same = not rows and self._state.recipe is not None
        rows += [Row((self.tr("No difference to the active revision"), "", ""))] if is_same else []
        heads = (self.tr("Difference to the active"), self.tr("Before"), self.tr("After"))
        self.changes.show_rows(heads, rows)

    def _show_life(self) -> None:
        revision = self._state.revision
        rows = [] if revision is None else [*self._signature_rows(revision), *self._turn_rows(revision.number)]
        heads = (self.tr("Who"), self.tr("What"), self.tr("When"), self.tr("Why"))
        self.life.show_rows(heads, rows)

    def _signature_rows(self, revision: Revision) -> list[Row]:
        signed = self.tr("signed as {role}")
        return [
            Row((s.name, signed.format(role=role_name(s.role)), local_time(s.at_ms), s.reason), is_strong=True)
            for s in revision.signatures
        ]

    def _turn_rows(self, number: int) -> list[Row]:
        changes = (change for change in self._state.history.changes if change.number == number)
        return [Row((c.name, state_name(c.state), local_time(c.at_ms), c.reason)) for c in reversed(list(changes))]

    @Slot(object)
    def _on_asked(self, deed: RecipeDeed) -> None:
        if deed is RecipeDeed.DROP and self._state.is_changed:
            self._ask_to_drop()
            return
        if deed in (RecipeDeed.EDIT, RecipeDeed.DROP):
            self.decided.emit(deed, None, "")
            return
        self._asked = deed
        is_signature = deed in SIGNED
        name = self._standing.operator if is_signature else ""
        self.sign.ask(self._question(deed), self.bar.caption(deed), is_signature=is_signature, name=name)
        self._place()

    def _ask_to_drop(self) -> None:
        self._asked = RecipeDeed.DROP
        words = self.tr("The changes of revision {number} are not saved. Drop them?").format(number=self._state.number)
        self.sign.ask(words, self.bar.caption(RecipeDeed.DROP), is_signature=False, has_reason=False)
        self._place()

    def _question(self, deed: RecipeDeed) -> str:
        words = {
            RecipeDeed.SAVE: self.tr("Save revision {number} as a draft?"),
            RecipeDeed.TAKE_FILE: self.tr("Take in the recipe's file as a new draft?"),
            RecipeDeed.APPROVE: self.tr("Approve revision {number} as it is shown?"),
            RecipeDeed.ACTIVATE: self.tr("Make revision {number} active? It is loaded the next time"),
            RecipeDeed.RETIRE: self.tr("Withdraw revision {number}?"),
        }[deed]
        return words.format(number=self._state.number) if "{number}" in words else words

    @Slot(object, str)
    def _on_signed(self, signature: Signature | None, reason: str) -> None:
        self.decided.emit(self._asked, signature, reason)
        self._place()

    @Slot()
    def _on_dropped(self) -> None:
        self._place()
        if self._asked is RecipeDeed.DROP:
            self.kept.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """The question stands in the place of the buttons and of the signatures above them."""
        px, width, gap = self._look.mm.px, self.width(), self._look.mm.px(_GAP_MM)
        is_asking = not self.sign.isHidden()
        foot = px(sign_pane.HEIGHT_MM if is_asking else deeds_bar.HEIGHT_MM)
        title, note = px(_TITLE_MM), px(_NOTE_MM)
        room = self.height() - title - note - foot - 4 * gap
        life = round(room * _LIFE_SHARE)
        y = 0
        for piece, height in (
            (self.title, title),
            (self.changes, room - life),
            (self.life, life),
            (self.note, note),
            (self.sign if is_asking else self.bar, foot),
        ):
            piece.setGeometry(0, y, width, max(1, height))
            y += height + gap
        self.bar.setVisible(not is_asking)
