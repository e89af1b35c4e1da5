"""One value of a camera: what it is called, its limits, what changes it, and what came of that. GUI thread."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from station_app.core.setup_messages import FeatureShown
from station_app.gui import lettering
from station_app.gui.look import Look
from station_app.gui.pane import Pane
from station_app.gui.setup.setting_texts import limits_text, plain_text, refusal_text, typo_sentence, value_text
from station_app.gui.setup.setup_state import Refusal, SetupState
from station_app.gui.setup.stepping import Typo, number_of
from station_app.gui.setup.value_editor import ValueEditor
from station_app.gui.setup.why_pane import WhyPane
from station_app.gui.touch_button import TapGuard

_WORDS_MM, _NOTE_MM, _GAP_MM = 6.0, 5.0, 0.8
_TITLE_SHARE = 0.72


class SettingRow(Pane):
    """`written` carries the feature's name and the value. What the camera made of a value is always its own answer:
    where that is another one, both are said."""

    written = Signal(str, str)

    def __init__(self, look: Look, guard: TapGuard, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._title, self._limits = "", ""
        self._feature: FeatureShown | None = None
        self._typo: Typo | None = None
        self._sent = ""
        self.editor, self.note = ValueEditor(look, guard, self), WhyPane(look, self, cap_mm=2.6)
        self.editor.written.connect(self._on_written)
        self.editor.mistyped.connect(self._on_mistyped)

    @property
    def feature(self) -> FeatureShown | None:
        return self._feature

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.editor.set_look(look)
        self.note.set_look(look)
        self._place()

    def retranslate(self) -> None:
        self.editor.retranslate()

    def show_feature(
        self, title: str, feature: FeatureShown | None, setup: SetupState, *, is_enabled: bool, missing: str = ""
    ) -> None:
        """`missing` is said where there is no such feature."""
        if feature is None or self._feature is None or feature.name != self._feature.name:
            self._typo, self._sent = None, ""
        elif not self.editor.is_typing:
            self._typo = None
        self._title, self._feature = title, feature
        self._limits = limits_text(feature) if feature is not None else ""
        asked = setup.asked_value(setup.chosen, feature.name) if feature is not None else None
        value = asked if asked is not None else feature.value if feature is not None else ""
        plain = plain_text(feature, value) if feature is not None else ""
        self.editor.show_value(feature, plain, is_enabled=is_enabled)
        self.editor.field.setAccessibleName(title)
        self.editor.choice.setAccessibleName(title)
        refusal = setup.refused_writes.get((setup.chosen, feature.name)) if feature is not None else None
        self._say(feature, asked, refusal, missing)
        self.setAccessibleName(f"{title} {value_text(feature) if feature is not None else missing}")
        self._is_news((title, self._limits))

    def _say(self, feature: FeatureShown | None, asked: str | None, refusal: Refusal | None, missing: str) -> None:
        if feature is None:
            self.note.say(missing)
        elif self._typo is not None:
            self.note.say(typo_sentence(self._typo, feature), is_warning=True)
        elif refusal is not None:
            self.note.say(refusal_text(refusal), is_warning=True)
        elif asked is not None:
            self.note.say(self.tr("Writing…"))
        elif not feature.is_writable:
            self.note.say(self.tr("Can only be read"))
        elif self._sent and _differs(self._sent, feature.value):
            taken = value_text(feature)
            self.note.say(self.tr("Asked for {asked}: the camera took {taken}").format(asked=self._sent, taken=taken))
        else:
            self.note.say("")

    @Slot(str)
    def _on_written(self, value: str) -> None:
        self._typo, self._sent = None, value
        if self._feature is not None:
            self.written.emit(self._feature.name, value)

    @Slot(object)
    def _on_mistyped(self, typo: Typo) -> None:
        self._typo = typo
        if self._feature is not None:
            self.note.say(typo_sentence(typo, self._feature), is_warning=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        px, width = self._look.mm.px, self.width()
        words, note, gap = px(_WORDS_MM), px(_NOTE_MM), px(_GAP_MM)
        self.editor.setGeometry(0, words, width, max(1, self.height() - words - note - gap))
        self.note.setGeometry(0, self.height() - note, width, note)

    def _paint(self, painter: QPainter) -> None:
        px, theme = self._look.mm.px, self._look.theme
        painter.fillRect(self.rect(), QColor(theme.background))
        share = _TITLE_SHARE if self._limits else 1.0
        left = QRect(0, 0, round(self.width() * share), px(_WORDS_MM))
        right = QRect(left.right() + px(1), 0, self.width() - left.right() - px(1), px(_WORDS_MM))
        self._write(painter, left, self._title, self._look.style(2.8, 1.6, is_bold=True))
        self._write(painter, right, self._limits, lettering.flush_right(self._look.style(2.6, 1.6)), theme.muted)


def _differs(asked: str, taken: str) -> bool:
    """Not where the camera only writes the same number in another way."""
    one, other = number_of(asked), number_of(taken)
    if one is not None and other is not None:
        return abs(one - other) > 1e-6 * max(abs(one), abs(other))
    return asked.strip().lower() != taken.strip().lower()
