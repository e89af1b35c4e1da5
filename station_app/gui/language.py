"""The language of the screen, changed while it runs. Catalogues are Qt's own; a stretched one is for the tests."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from station_app.gui.assets import asset

ENGLISH, CHINESE, STRETCHED = "en", "zh_CN", "en_XA"
NAMES = {ENGLISH: "EN", CHINESE: "中文"}
_STRETCH = 0.4


def other_language(language: str) -> str:
    """The one that the switch leads to."""
    return ENGLISH if language == CHINESE else CHINESE


def catalogue_folder() -> Path:
    """The compiled catalogues."""
    return asset("translations")


class StretchedTranslator(QTranslator):
    """Makes every text 40 % longer and marks its ends, so that a cut-off text is seen before a translator writes it."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"[{source}{'~' * max(1, round(len(source) * _STRETCH))}]"


class Language:
    """The translators that are installed now. Qt tells every widget when it changes."""

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []
        self.current = ENGLISH

    def switch(self, language: str) -> None:
        """Unknown languages read as English, which needs no catalogue."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = _load(language)
        self.current = language if self._translators else ENGLISH
        for translator in self._translators:
            self._application.installTranslator(translator)


def _load(language: str) -> list[QTranslator]:
    """The station's own, and Qt's for what its dialogues ask by themselves, where it came with them."""
    if language == STRETCHED:
        return [StretchedTranslator()]
    if language == ENGLISH:
        return []
    own, qt = QTranslator(), QTranslator()
    if not own.load(f"station_{language}", str(catalogue_folder())):
        return []
    has_qt = qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return [qt, own] if has_qt else [own]
