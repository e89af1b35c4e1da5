"""Starts the window on a link to the engine and ends it in good order. The GUI thread begins here."""

import signal
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

import cv2
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QStyleFactory

from station_app.gui import lettering
from station_app.gui.archive_reader import ArchiveReader
from station_app.gui.assets import asset
from station_app.gui.bridge import Bridge
from station_app.gui.desk import Desk
from station_app.gui.faces import load_faces
from station_app.gui.language import Language
from station_app.gui.link import ArchiveFactory, LinkFactory
from station_app.gui.look import Look
from station_app.gui.main_window import MainWindow
from station_app.gui.millimetres import FALLBACK_PX_PER_MM, Millimetres
from station_app.gui.operator_screen import OperatorScreen
from station_app.gui.orders import Orders
from station_app.gui.page_makers import MAKERS, PageTools
from station_app.gui.scanner import ScannerFilter
from station_app.gui.screens import ScreenName
from station_app.gui.setup.line_panes import line_panes
from station_app.gui.setup.reference_reader import ReferenceReader
from station_app.gui.setup.setup_desk import SetupDesk
from station_app.gui.setup.setup_screen import SetupScreen
from station_app.gui.staying import Staying
from station_app.gui.theme import LIGHT
from station_app.gui.touch_button import GUARD_MS, TapGuard
from station_app.gui.ways import Ways
from station_app.gui.web.web_desk import WebDesk
from station_app.gui.workplace import Workplace

_FIRST_SIZE = (1600, 900)


@dataclass(slots=True)
class OpenStation:
    """A window with everything that keeps it alive. `close` ends its threads."""

    window: MainWindow
    workplace: Workplace
    screen: OperatorScreen
    desk: Desk
    setup: SetupScreen
    setup_desk: SetupDesk
    ways: Ways
    bridge: Bridge
    archive: ArchiveReader
    references: ReferenceReader
    scanner: ScannerFilter
    staying: Staying
    tools: PageTools

    def close(self) -> None:
        self.bridge.stop()
        self.archive.stop()
        self.references.stop()
        self.screen.stop()
        for page in self.workplace.pages.values():
            page.stop()
        self.tools.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self.scanner)
            application.removeEventFilter(self.staying)


def make_application() -> QApplication:
    """The one QApplication of this program, in the station's style."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("inspection-station")
    application.setOrganizationName("inspection-station")
    application.setStyle(QStyleFactory.create("Fusion"))
    load_faces()
    application.setFont(lettering.font(14))
    application.setWindowIcon(QIcon(str(asset("icons", "station.svg"))))
    cv2.setNumThreads(1)  # the second core is the engine's
    return application


def open_station(
    link_factory: LinkFactory,
    archive_factory: ArchiveFactory,
    *,
    language: str,
    px_per_mm: float | None = None,
    guard_ms: int = GUARD_MS,
    export_folder: Path | None = None,
) -> OpenStation:
    """Build the window and start its threads; it is not shown yet."""
    application = make_application()
    spoken = Language(application)
    spoken.switch(language)
    scale, guard = px_per_mm or FALLBACK_PX_PER_MM, TapGuard(guard_ms=guard_ms)
    screen = OperatorScreen(scale, guard=guard)
    setup, reader = SetupScreen(Look(LIGHT, Millimetres(scale)), guard, extra_panes=line_panes), ReferenceReader()
    bridge, archive = Bridge(link_factory), ArchiveReader(archive_factory)
    desk = Desk(screen, bridge, archive)
    WebDesk(screen, desk, bridge)  # the screen is its parent, and keeps it
    tools = PageTools(guard, bridge, desk, Orders(bridge, desk.notify), archive_factory, export_folder)
    makers = {name: partial(maker, tools) for name, maker in MAKERS.items()}
    workplace = Workplace(screen, {ScreenName.SETUP: setup}, scale, guard, makers)
    ways, setup_desk = Ways(workplace, desk), SetupDesk(setup, bridge, desk, reader)
    ways.opened.connect(setup_desk.on_opened)
    window = MainWindow(workplace, ways, desk, spoken, px_per_mm=px_per_mm)
    scanner, staying = ScannerFilter(window), Staying(bridge, desk)
    scanner.scanned.connect(window.on_scanned)
    scanner.scan_rejected.connect(window.on_scan_rejected)
    application.installEventFilter(scanner)
    application.installEventFilter(staying)
    window.resize(*_FIRST_SIZE)
    bridge.start()
    archive.start()
    reader.start()
    return OpenStation(
        window, workplace, screen, desk, setup, setup_desk, ways, bridge, archive, reader, scanner, staying, tools
    )


def run(
    link_factory: LinkFactory,
    archive_factory: ArchiveFactory,
    *,
    language: str = "en",
    fullscreen: bool = False,
    px_per_mm: float | None = None,
    export_folder: Path | None = None,
) -> int:
    """Show the operator's screen until it is closed; the exit status."""
    application = make_application()
    station = open_station(
        link_factory, archive_factory, language=language, px_per_mm=px_per_mm, export_folder=export_folder
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _on_signal)
    has_place = station.window.restore_place()
    if fullscreen:
        station.window.showFullScreen()
    elif has_place:
        station.window.show()
    else:
        station.window.showMaximized()
    try:
        return int(application.exec())
    finally:
        station.window.close()  # it may be open still, where a signal ended the loop
        station.close()


def _on_signal(_: int, __: FrameType | None) -> None:
    """Close as the window's button would. Python gets to it with the engine's next event, twice a second."""
    QApplication.quit()
