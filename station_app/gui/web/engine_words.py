"""The engine's sentences about a web in the screen's language: they come in English, with numbers in them. GUI thread.

What is known here is known by its very words; anything else is shown as it was sent.
"""

import re

from PySide6.QtCore import QCoreApplication

from station_app.gui.marking import QT_TRANSLATE_NOOP

REFUSALS = (
    QT_TRANSLATE_NOOP("FlatField", "Below 5 % on white {where}: give more light, or clean the lens."),
    QT_TRANSLATE_NOOP("FlatField", "Above 95 % on white {where}: give less light, or expose for less time."),
    QT_TRANSLATE_NOOP("FlatField", "Above 25 % with the cap on {where}: put the cap on and teach dark again."),
    QT_TRANSLATE_NOOP("FlatField", "No brighter on white than with the cap on {where}: teach both again."),
    QT_TRANSLATE_NOOP("FlatField", "A gain above 4 would be needed {where}: make the light more even across the web."),
    QT_TRANSLATE_NOOP("FlatField", "Only {count} dark lines were taken and {least} are needed: let more pass."),
    QT_TRANSLATE_NOOP("FlatField", "Only {count} white lines were taken and {least} are needed: let more pass."),
    QT_TRANSLATE_NOOP("FlatField", "Dark and white were taken with different widths: teach both again."),
    QT_TRANSLATE_NOOP("FlatField", "The levels are no levels of columns: teach the flat field again."),
)
DRIFTS = (
    QT_TRANSLATE_NOOP(
        "FlatField",
        "Column {column} has become {share} brighter than when the run began: clean the lens and the light, then "
        "teach the flat field again.",
    ),
    QT_TRANSLATE_NOOP(
        "FlatField",
        "Column {column} has become {share} darker than when the run began: clean the lens and the light, then "
        "teach the flat field again.",
    ),
)
_PLACES = (
    QT_TRANSLATE_NOOP("FlatField", "in column {first}"),
    QT_TRANSLATE_NOOP("FlatField", "in {count} columns, the first is {first}"),
)


def refusal_sentence(said: str) -> str:
    """Why a flat field was not taken."""
    return _translated(said, REFUSALS)


def drift_sentence(said: str) -> str:
    """How the picture has drifted."""
    return _translated(said, DRIFTS)


def _translated(said: str, sources: tuple[str, ...]) -> str:
    for source in sources:
        found = re.fullmatch(_pattern(source), said)
        if found is not None:
            words = {name: _translated(value, _PLACES) for name, value in found.groupdict().items()}
            return QCoreApplication.translate("FlatField", source).format(**words)
    return said


def _pattern(source: str) -> str:
    """What the engine says, with a number or a place wherever the source has braces."""
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(source))
