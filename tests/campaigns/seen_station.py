"""The real station, which tells a campaign where on the screen its pieces stand, as a person's eyes would.

    STATION_SEEN=SOCKET python -m tests.campaigns.seen_station [words of station-app]

Only places and the words that are written there go out, and nothing comes in: whoever drives the station does it with
mouse and keyboard. The program itself is not changed.
"""

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Qt is the station's to import, which does so after its engine's start
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QAbstractItemView, QWidget

VARIABLE = "STATION_SEEN"
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the screen: its class, its own name, what it says, its visible part in pixels of the screen, whether
    it can be pressed, and whether its middle lies open to a finger."""

    kind: str
    name: str
    says: str
    x: int
    y: int
    width: int
    height: int
    is_enabled: bool = True
    is_open: bool = True

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


def seen(path: Path) -> tuple[Piece, ...]:
    """What the station at this socket shows now. OSError where it shows nothing yet."""
    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(10.0)
        asked.connect(str(path))
        chunks = list(iter(lambda: asked.recv(1 << 16), b""))
    return tuple(Piece(**each) for each in json.loads(b"".join(chunks) or b"[]"))


def serve(path: Path) -> None:
    """Answer whoever connects, as soon as there is a window. Never returns; runs on a thread of its own."""
    while "PySide6.QtWidgets" not in sys.modules or not _has_window():
        time.sleep(_LOOK_S)
    look = _looker()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        while True:
            caller, _ = door.accept()
            with caller:
                caller.sendall(look().encode())


def _has_window() -> bool:
    from PySide6.QtWidgets import QApplication

    return bool(QApplication.instance()) and bool(QApplication.topLevelWidgets())


def _looker() -> Callable[[], str]:
    """A function that looks on the GUI thread and waits for what it saw."""
    from PySide6.QtCore import QObject, Qt, Signal, Slot
    from PySide6.QtWidgets import QApplication

    class Eyes(QObject):
        asked = Signal()
        text = ""

        @Slot()
        def look(self) -> None:
            self.text = json.dumps([asdict(piece) for piece in _pieces()])

    eyes = Eyes()
    application = QApplication.instance()
    assert application is not None
    eyes.moveToThread(application.thread())
    eyes.asked.connect(eyes.look, Qt.ConnectionType.BlockingQueuedConnection)

    def look() -> str:
        eyes.asked.emit()
        return eyes.text

    return look


def _pieces() -> Iterator[Piece]:
    from PySide6.QtWidgets import QAbstractItemView, QApplication, QPushButton

    for widget in QApplication.allWidgets():
        room = _room(widget)
        if not widget.isVisible() or room.isEmpty():
            continue
        top = QApplication.widgetAt(room.center())
        is_open = top is not None and (top is widget or widget.isAncestorOf(top))
        place = (room.x(), room.y(), room.width(), room.height())
        says = widget.accessibleName() or (widget.text() if isinstance(widget, QPushButton) else "")
        yield Piece(type(widget).__name__, widget.objectName(), says, *place, widget.isEnabled(), is_open)
        if isinstance(widget, QAbstractItemView):
            yield from _cells(widget)


def _room(widget: "QWidget") -> "QRect":
    """What the pieces around leave of it, in pixels of the screen."""
    room = widget.rect().translated(widget.mapToGlobal(widget.rect().topLeft()))
    around = None if widget.isWindow() else widget.parentWidget()
    while around is not None:
        room = room.intersected(around.rect().translated(around.mapToGlobal(around.rect().topLeft())))
        around = None if around.isWindow() else around.parentWidget()
    return room


def _cells(view: "QAbstractItemView") -> Iterator[Piece]:
    """What is written in the lines of a list that are in sight."""
    from PySide6.QtCore import Qt

    model, port = view.model(), view.viewport()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            room = view.visualRect(index).intersected(port.rect())
            if room.isEmpty():
                continue
            corner = port.mapToGlobal(room.topLeft())
            says = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
            yield Piece("cell", f"{row},{column}", says, corner.x(), corner.y(), room.width(), room.height())


def main() -> int:
    from station_app.command_line.main import main as station

    threading.Thread(target=serve, args=(Path(os.environ[VARIABLE]),), daemon=True).start()
    return station()


if __name__ == "__main__":
    sys.exit(main())
