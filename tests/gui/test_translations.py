"""The catalogue is complete, current, and agrees with the sources in its placeholders."""

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from station_app.gui import texts
from station_app.gui.language import CHINESE, Language, catalogue_folder, other_language

CATALOGUE = catalogue_folder() / f"station_{CHINESE}.ts"
SOURCES = Path(texts.__file__).parent


def _messages(catalogue: Path) -> dict[tuple[str, str], ET.Element]:
    found = {}
    for context in ET.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            found[context.findtext("name", ""), message.findtext("source", "")] = message
    return found


def test_every_text_is_translated_with_its_placeholders() -> None:
    for (context, source), message in _messages(CATALOGUE).items():
        translation = message.find("translation")
        assert translation is not None and translation.text, (context, source)
        assert translation.get("type") is None, (context, source)
        placeholders = re.findall(r"\{\w+\}", source)
        assert sorted(re.findall(r"\{\w+\}", translation.text)) == sorted(placeholders), source


def test_the_catalogue_is_current(tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("pyside6-lupdate is not installed beside this Python")
    fresh = tmp_path / "fresh.ts"
    sources = sorted(str(path) for path in SOURCES.glob("*.py"))
    command = [tool, "-locations", "none", *sources, "-ts", str(fresh)]
    subprocess.run(command, check=True, capture_output=True)
    assert set(_messages(fresh)) == set(_messages(CATALOGUE)), "run lupdate and lrelease, see docs"


def test_the_compiled_catalogue_says_what_the_source_says(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(f"station_{CHINESE}", str(catalogue_folder()))
    for (context, source), message in _messages(CATALOGUE).items():
        assert translator.translate(context, source) == message.findtext("translation"), source


def test_the_language_changes_and_changes_back(qapp: QApplication) -> None:
    language = Language(qapp)
    language.switch(CHINESE)
    assert texts.label_name("scratch") == "划痕"
    language.switch(other_language(language.current))
    assert texts.label_name("scratch") == "Scratch"
    language.switch("xx_YY")
    assert language.current == "en"


def test_a_label_that_nobody_knows_is_shown_as_it_is(qapp: QApplication) -> None:
    assert texts.label_name("burn_mark") == "burn mark"
    assert texts.label_name("MT_Blowhole") == "Blowhole"
