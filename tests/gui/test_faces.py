"""Every letter that can be shown is in the fonts that come with the station."""

import ast
import logging
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QRawFont, QTextLayout
from PySide6.QtWidgets import QApplication

import station_app
from station_app.gui import faces, lettering
from station_app.gui.assets import asset
from station_app.gui.language import catalogue_folder
from tests.gui import fake_engine

SOURCES = Path(station_app.__file__).parent
OPERATORS = "王芳 赵喆 欧阳堃 Łukasz Wiśniewski Şahin İnönü Dvořák Ünal Nguyễn Văn Đức Олексій Φώτης"


def _shown_texts() -> Iterator[str]:
    """What may reach the screen: both sides of the catalogues, and every string of the program but its docstrings."""
    for catalogue in catalogue_folder().glob("*.ts"):
        for message in ET.parse(catalogue).getroot().iter("message"):
            yield from (message.findtext(side, "") for side in ("source", "translation"))
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    yield fake_engine.STATION.operator + OPERATORS


def _missing(names: tuple[str, ...]) -> set[str]:
    fonts = [QRawFont(str(asset("fonts", name)), 20) for name in names]
    letters = {letter for text in _shown_texts() for letter in text if letter.isprintable()}
    return {letter for letter in letters if not any(font.supportsCharacter(ord(letter)) for font in fonts)}


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_every_letter_shown_has_its_glyph(qapp: QApplication, weight: str) -> None:
    names = tuple(name for name in faces.FILES if weight in name)
    assert len(names) == 2 and not _missing(names)


def test_the_common_hanzi_are_all_there(qapp: QApplication) -> None:
    levels = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    hanzi = "".join(pair.decode("gb2312", "ignore") for pair in levels)
    font = QRawFont(str(asset("fonts", "StationSansSC-Bold.otf")), 20)
    assert len(hanzi) == 6763 and all(font.supportsCharacter(ord(letter)) for letter in hanzi)


@pytest.mark.parametrize("is_bold", [False, True])
def test_figures_do_not_dance(qapp: QApplication, is_bold: bool) -> None:
    metrics = QFontMetrics(lettering.font(40, is_bold=is_bold))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_the_bundled_faces_come_first(qapp: QApplication) -> None:
    assert set(faces.FAMILIES[:2]) <= set(QFontDatabase.families())
    assert QRawFont.fromFont(lettering.font(20, is_bold=True)).familyName() == faces.HAN


def test_a_lost_font_is_reported_and_not_fatal(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(faces, "FILES", ("gone.otf",))
    with caplog.at_level(logging.WARNING):
        assert not faces.load_faces.__wrapped__()
    assert "gone.otf" in caplog.text


def glyphs(text: str, font: QFont) -> list[tuple[str, int]]:
    """Which family draws each glyph of `text`; index 0 is the empty box."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    return [(run.rawFont().familyName(), index) for run in runs for index in run.glyphIndexes()]


_BARE = """
from PySide6.QtGui import QFontDatabase
from station_app.gui import lettering
from station_app.gui.application import make_application
from tests.gui.test_faces import OPERATORS, glyphs
application = make_application()
families = set(QFontDatabase.families()) - {"Sans Serif", "Serif", "Monospace"}  # Qt's own names for no font
assert families == {"Station Sans SC", "Station Sans Latin"}, families
for is_bold in (False, True):
    drawn = glyphs(OPERATORS, lettering.font(24, is_bold=is_bold))
    assert {family for family, _ in drawn} == families and all(index for _, index in drawn), drawn
print("no empty box")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only here can the machine's fonts be hidden")
def test_nothing_is_a_box_on_a_machine_without_any_font(tmp_path: Path) -> None:
    empty = tmp_path / "fonts.conf"
    cache = f"<cachedir>{tmp_path}</cachedir>"
    empty.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{cache}</fontconfig>')
    bare = {**os.environ, "FONTCONFIG_FILE": str(empty), "QT_QPA_PLATFORM": "offscreen"}
    root = SOURCES.parent
    ran = subprocess.run(
        [sys.executable, "-c", _BARE], env=bare, cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0 and "no empty box" in ran.stdout, ran.stderr
