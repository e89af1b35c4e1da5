"""The key filter in front of real widgets."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station_app.gui.scan import ScanRejected
from station_app.gui.scanner import ScannerFilter

KEYS = {"\r": Qt.Key.Key_Return, " ": Qt.Key.Key_Space}


class Typist:
    """Keys at chosen times, as the window system would send them."""

    def __init__(self, application: QApplication, qtbot: QtBot) -> None:
        self.now_ms = 1000
        self.filter = ScannerFilter(None, lambda: self.now_ms)
        self.scans: list[str] = []
        self.rejections: list[object] = []
        self.filter.scanned.connect(self.scans.append)
        self.filter.scan_rejected.connect(self.rejections.append)
        application.installEventFilter(self.filter)
        self._qtbot = qtbot

    def type(self, receiver: QWidget, text: str, gap_ms: int) -> None:
        for char in text:
            self.now_ms += gap_ms
            key = KEYS.get(char, Qt.Key(ord(char.upper())))
            self.send(receiver, key, char)

    def send(self, receiver: QWidget, key: Qt.Key, text: str = "") -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.sendEvent(receiver, event)

    def wait(self) -> None:
        """Until nothing is held back."""
        self._qtbot.waitUntil(lambda: not self.filter.is_holding)


@pytest.fixture
def typist(qapp: QApplication, qtbot: QtBot) -> Iterator[Typist]:
    typist = Typist(qapp, qtbot)
    yield typist
    qapp.removeEventFilter(typist.filter)


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    return field


def test_a_scan_reaches_no_widget(typist: Typist, field: QLineEdit) -> None:
    typist.type(field, "2A17 009\r", 5)
    assert typist.scans == ["2A17 009"]
    assert field.text() == ""


def test_typing_arrives_letter_by_letter(typist: Typist, field: QLineEdit) -> None:
    typist.type(field, "anna schmidt", 80)
    typist.wait()
    assert field.text() == "anna schmidt"
    assert typist.scans == [] and typist.rejections == []


def test_a_scanned_space_or_enter_presses_no_button(typist: Typist, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    pressed: list[bool] = []
    button.toggled.connect(pressed.append)
    button.setCheckable(True)
    button.show()
    button.setFocus()
    typist.type(button, "    1 2\r", 3)
    assert typist.scans == ["    1 2"] and pressed == []
    typist.type(button, " ", 500)
    typist.wait()
    assert pressed == [True]


def test_a_damaged_scan_is_swallowed_and_said(typist: Typist, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    typist.type(other, "2a17-00", 5)
    typist.wait()
    assert typist.rejections == [ScanRejected()] and typist.scans == []


def test_control_characters_are_rejected_visibly(typist: Typist, field: QLineEdit) -> None:
    typist.type(field, "ab", 5)
    typist.send(field, Qt.Key.Key_F2)
    typist.type(field, "cd\r", 5)
    assert typist.rejections == [ScanRejected(has_control=True)]
    assert field.text() == ""


def test_fast_typing_without_an_end_stays_in_the_field(typist: Typist, field: QLineEdit) -> None:
    typist.type(field, "hello", 20)
    typist.wait()
    assert field.text() == "hello" and typist.rejections == []
