"""Rules that every state of the history keeps, in every language and on both screens."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QLineEdit, QWidget

from station_app.core.inspection import Disposition, VerdictKind
from station_app.core.people import Role
from station_app.gui.actions import Deed
from station_app.gui.history.compare_page import Manner
from station_app.gui.history.period import Period
from station_app.gui.language import CHINESE, ENGLISH, STRETCHED, Language
from station_app.gui.pane import Pane
from station_app.gui.touch_button import TouchButton
from tests.gui.fake_engine import part
from tests.gui.history.conftest import PARTS, HistoryBench
from tests.gui.history.recorded import parts

W = TypeVar("W", bound=QWidget)
SIZES = {"21.5 inch": ((1920, 1080), 4.03), "15.6 inch": ((1366, 768), 3.955)}
_ROUNDING_PX = 2


@pytest.fixture(params=[ENGLISH, CHINESE, STRETCHED])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    spoken = Language(qapp)
    spoken.switch(request.param)
    yield request.param
    spoken.switch(ENGLISH)


@pytest.fixture(params=list(SIZES))
def shown(request: pytest.FixtureRequest, language: str, history: HistoryBench) -> HistoryBench:
    size, px_per_mm = SIZES[request.param]
    window = history.bench.station.window
    window.resize(*size)
    history.bench.station.workplace.set_px_per_mm(px_per_mm)
    history.sign_in(Role.LEAD)
    return history


def _wait(history: HistoryBench, is_there: Callable[[], bool]) -> None:
    history.bench.qtbot.waitUntil(is_there)


def _everything(history: HistoryBench) -> None:
    _wait(history, lambda: history.ids[:1] == [PARTS])


def _many_set(history: HistoryBench) -> None:
    choice = history.screen.bar.choice.with_period(Period.SPAN)
    history.screen.bar.set_choice(
        choice.with_rest(lot="a lot with a name that is far too long for any box", serial="x")
    )
    _wait(history, history.tab.list.empty.isVisible)


def _new_parts(history: HistoryBench) -> None:
    history.record(*parts(1, PARTS + 1))
    history.bench.tell(part(PARTS + 1, preview_sequence=0))
    _wait(history, lambda: not history.tab.list.foot.fresh.isHidden())
    history.tab.list.foot.show_new(1000)


def _unreadable(history: HistoryBench) -> None:
    history.bench.archive.records = None
    history.tab.list.show_newest()
    _wait(history, lambda: history.tab.list.empty.is_warning)


def _part(history: HistoryBench) -> None:
    history.tab.open_part(PARTS)
    _wait(history, lambda: bool(history.tab.detail.facts.sections))


def _reasons(history: HistoryBench) -> None:
    bad = max(made.part_id for made in parts(PARTS) if made.verdict is VerdictKind.FAIL and made.part_id % 100)
    history.tab.open_part(bad)
    _wait(history, lambda: bool(history.tab.detail.facts.sections))
    history.tab.desk.answer(Deed.FALSE_REJECT)
    assert history.tab.detail.question.isVisible()


def _second_asked(history: HistoryBench) -> None:
    _part(history)
    history.tab.detail.compare_asked.emit()


def _compared(manner: Manner) -> Callable[[HistoryBench], None]:
    def show(history: HistoryBench) -> None:
        history.tab.compare_parts(PARTS, PARTS - 1)
        history.tab.compare.show_manner(manner)
        _wait(history, lambda: all(canvas.is_scaled for canvas in history.tab.compare.canvases))

    return show


def _exported(history: HistoryBench) -> None:
    history.screen.export_pane.show_done(Path("/home/somebody/Documents/L3-ST07_history_2026-11-24_0600.csv"), 100_000)


def _export_refused(history: HistoryBench) -> None:
    history.screen.export_pane.show_failure("the file cannot be written (/media/stick: No space left on device)")


def _export_runs(history: HistoryBench) -> None:
    history.screen.export_pane.show_progress(99_750)


def _may_not_export(history: HistoryBench) -> None:
    _part(history)
    history.sign_in(Role.OPERATOR)


STATES: dict[str, Callable[[HistoryBench], None]] = {
    "everything": _everything,
    "many set": _many_set,
    "new parts": _new_parts,
    "unreadable": _unreadable,
    "part": _part,
    "reasons": _reasons,
    "second asked": _second_asked,
    "exported": _exported,
    "export refused": _export_refused,
    "export runs": _export_runs,
    "may not export": _may_not_export,
    **{f"compared {manner}": _compared(manner) for manner in Manner},
}


def _visible(history: HistoryBench, kind: type[W]) -> list[W]:
    return [w for w in history.screen.findChildren(kind) if w.isVisible() and not _is_inner(w, history.screen)]


def _is_inner(widget: QWidget, screen: QWidget) -> bool:
    """Qt's own pieces inside of its own widgets: scroll bars, the lists of the boxes, the spin boxes' fields."""
    parent = widget.parentWidget()
    while parent is not None and parent is not screen:
        if isinstance(parent, (QAbstractScrollArea, QComboBox, QLineEdit)) or parent.inherits("QAbstractSpinBox"):
            return True
        parent = parent.parentWidget()
    return False


def _cut_off(history: HistoryBench) -> list[str]:
    painted = [w for w in _visible(history, QWidget) if isinstance(w, (Pane, TouchButton))]
    return [f"{type(w).__name__} {w.accessibleName()} is cut off" for w in painted if w.is_clipped]


def _too_small(history: HistoryBench) -> list[str]:
    """Nine millimetres high and twenty wide."""
    px_per_mm = history.screen._look.mm.px_per_mm
    targets = [*_visible(history, QAbstractButton), *_visible(history, QComboBox)]
    small = [
        w for w in targets if w.height() < 9 * px_per_mm - _ROUNDING_PX or w.width() < 20 * px_per_mm - _ROUNDING_PX
    ]
    return [f"{w.accessibleName()} is {w.width()} x {w.height()}" for w in small]


def _out_of_place(history: HistoryBench) -> list[str]:
    pieces = [(widget, widget.parentWidget()) for widget in _visible(history, QWidget) if not widget.isWindow()]
    outside = [w for w, parent in pieces if parent is not None and not parent.rect().contains(w.geometry())]
    return [f"{type(w).__name__} {w.accessibleName()} leaves its place" for w in outside]


def _reachable_by_a_scan(history: HistoryBench) -> list[str]:
    buttons = (*_visible(history, TouchButton), *_visible(history, QComboBox))
    return [f"{b.accessibleName()} takes focus" for b in buttons if b.focusPolicy() is not Qt.FocusPolicy.NoFocus]


def _nameless(history: HistoryBench) -> list[str]:
    widgets = (*_visible(history, TouchButton), *_visible(history, QLineEdit), *_visible(history, QComboBox))
    named = [(QAccessible.queryAccessibleInterface(widget), widget) for widget in widgets]
    return [f"{type(w).__name__} has no name" for found, w in named if not found.text(QAccessible.Text.Name)]


RULES = (_cut_off, _too_small, _out_of_place, _reachable_by_a_scan, _nameless)


@pytest.mark.parametrize("state", list(STATES))
def test_every_state_keeps_every_rule(shown: HistoryBench, state: str) -> None:
    STATES[state](shown)
    shown.bench.station.window.grab()
    broken = [complaint for rule in RULES for complaint in rule(shown)]
    assert not broken, broken


def test_words_change_with_the_language(shown: HistoryBench, language: str) -> None:
    assert (shown.screen.bar.clear.caption == "Clear all") == (language == ENGLISH)
    header = shown.tab.list.table.parts.headerData(3, Qt.Orientation.Horizontal)
    assert (header == "Verdict") == (language == ENGLISH)
    box = shown.screen.bar.boxes["disposition"]
    said = next(option.caption for option in box.options if option.value is Disposition.AGREE)
    assert (said == "Agree") == (language == ENGLISH)
