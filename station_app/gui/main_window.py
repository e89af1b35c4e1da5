"""The window: it holds the screens, turns keys and scans into deeds, and remembers its place. Layout only."""

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow

from station_app.core.code_meaning import Badge, CommandCode, RecipeCode, Serial, Unclear, meaning
from station_app.gui import sentences
from station_app.gui.actions import BY_KEY, BY_KEY_NAME, Deed
from station_app.gui.desk import Desk
from station_app.gui.language import NAMES, Language, other_language
from station_app.gui.millimetres import trusted_px_per_mm
from station_app.gui.scan import ScanRejected
from station_app.gui.theme import ThemeName
from station_app.gui.ways import Ways
from station_app.gui.workplace import Workplace

_GEOMETRY = "window/geometry"
_NUMBERS = tuple("123456789")


class MainWindow(QMainWindow):
    """One window. `px_per_mm` overrides what the monitor says of itself."""

    def __init__(
        self, workplace: Workplace, ways: Ways, desk: Desk, language: Language, *, px_per_mm: float | None = None
    ) -> None:
        super().__init__()
        self._workplace, self._ways, self._desk, self._language = workplace, ways, desk, language
        screen = self._operator = workplace.operator
        self._px_per_mm = px_per_mm
        self._theme = ThemeName.LIGHT
        self.setCentralWidget(workplace)
        self.setMinimumSize(800, 450)
        screen.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        screen.top.language_asked.connect(self._on_language_asked)
        screen.top.theme_asked.connect(self._on_theme_asked)
        self._name_window()

    @property
    def language(self) -> str:
        return self._language.current

    def restore_place(self) -> bool:
        """Where the window was last, if that is known; nothing else is remembered outside the station's files."""
        geometry = QSettings().value(_GEOMETRY)
        return isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)

    @Slot(str)
    def on_scanned(self, text: str) -> None:
        """A whole scan: the key of a printed command, a badge, a recipe, or the next part's serial number."""
        station = self._desk.state.station
        match meaning(text, station.recipes, station.recipe_codes) if station else meaning(text):
            case CommandCode(key) if key in BY_KEY_NAME:
                self._ways.do(BY_KEY_NAME[key].deed)
            case CommandCode(key) if self._desk.asking is not None and key in _NUMBERS:
                self._operator.question.choose(int(key))
            case CommandCode(key):
                self._desk.notify(sentences.UNKNOWN_COMMAND, key)
            case Badge(operator):
                self._desk.sign_in(operator)
            case RecipeCode(recipe):
                self._desk.select_recipe(recipe)
            case Unclear(code, refusal):
                self._desk.notify(sentences.REFUSALS[refusal], code)
            case Serial(serial):
                self._ways.take_serial(serial)

    @Slot(object)
    def on_scan_rejected(self, rejected: ScanRejected) -> None:
        if rejected.is_too_long:
            self._desk.notify(sentences.SCAN_TOO_LONG)
        elif rejected.has_control:
            self._desk.notify(sentences.SCAN_UNUSABLE)
        else:
            self._desk.notify(sentences.SCAN_INCOMPLETE)

    @Slot()
    def _on_language_asked(self) -> None:
        self._language.switch(other_language(self._language.current))
        self._name_window()
        self._desk.render()

    def _name_window(self) -> None:
        self.setWindowTitle(self.tr("Inspection station"))
        self._operator.top.set_other_language(NAMES[other_language(self._language.current)])

    @Slot()
    def _on_theme_asked(self) -> None:
        self._theme = self._theme.other
        self._workplace.set_theme(self._theme.theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = BY_KEY.get(Qt.Key(event.key()))
        if action is None:
            self._choose_by_number(event)
        elif action.deed is Deed.HIDE_MARKS:
            self._operator.set_marks_hidden(True)
        elif not event.isAutoRepeat():
            self._ways.do(action.deed)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if BY_KEY.get(Qt.Key(event.key())) is not None and not event.isAutoRepeat():
            self._operator.set_marks_hidden(False)

    def _choose_by_number(self, event: QKeyEvent) -> None:
        is_typing = isinstance(self.focusWidget(), QLineEdit) and self._operator.question.field.isVisible()
        if self._desk.asking is not None and not is_typing and event.text() in _NUMBERS:
            self._operator.question.choose(int(event.text()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        handle.screenChanged.connect(self._on_screen_changed, Qt.ConnectionType.UniqueConnection)
        self._on_screen_changed(handle.screen())

    @Slot(QScreen)
    def _on_screen_changed(self, screen: QScreen) -> None:
        reported = screen.physicalDotsPerInch() / 25.4
        self._workplace.set_px_per_mm(trusted_px_per_mm(reported, self._px_per_mm))

    def changeEvent(self, event: QEvent) -> None:
        """A key that is let go in another window is never heard of here, and marks must not stay hidden."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._operator.set_marks_hidden(False)
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        QSettings().setValue(_GEOMETRY, self.saveGeometry())
        super().closeEvent(event)
