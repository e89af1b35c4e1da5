"""The catalogue is complete, current, and agrees with the sources in its placeholders."""

import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from station_app.gui import texts
from station_app.gui.language import CHINESE, Language, catalogue_folder, other_language

CATALOGUE = catalogue_folder() / f"station_{CHINESE}.ts"
_HOW = "run packaging/translate.sh, and translate what it calls missing"
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


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Context and text of every call that marks a text for translation; `tr` takes its class for context."""
    for owner in ast.walk(tree):
        for call in ast.walk(owner) if isinstance(owner, (ast.ClassDef, ast.Module)) else ():
            if not isinstance(call, ast.Call):
                continue
            texts_given = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name == "tr" and isinstance(owner, ast.ClassDef):
                yield owner.name, texts_given[0]
            elif name in ("translate", "QT_TRANSLATE_NOOP") and len(texts_given) == 2:
                yield texts_given[0], texts_given[1]


def test_sources_and_catalogue_hold_the_same_texts() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.py")]
    assert {marked for tree in trees for marked in _marked(tree)} == set(_messages(CATALOGUE)), _HOW


def test_the_translators_tool_finds_nothing_new(tmp_path: Path) -> None:
    tool = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("pyside6-lupdate is not installed beside this Python")
    fresh = tmp_path / "fresh.ts"
    sources = sorted(str(path) for path in SOURCES.rglob("*.py"))
    command = [tool, "-locations", "none", *sources, "-ts", str(fresh)]
    subprocess.run(command, check=True, capture_output=True)
    assert set(_messages(fresh)) == set(_messages(CATALOGUE)), _HOW


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
