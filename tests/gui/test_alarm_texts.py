"""What an alarm says, in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import station_app
from station_app.core.messages import AlarmRaised, Priority
from station_app.gui.alarm_texts import KNOWN, alarm_lines
from station_app.gui.language import CHINESE, ENGLISH, Language
from tests.gui.fake_engine import NOW_MS

SOURCES = Path(station_app.__file__).parent
_RAISED = re.compile(r"\braise_(?:alarm|error)\(\s*f?\"([a-z_]+)")
_NAMED = re.compile(r"^(?:CAMERA|FULL|FAILED|SETUP|REFERENCE|DRIFT|LOST|SET_UP) = \"([a-z_ ]+)\"", re.MULTILINE)


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def _alarm(code: str, remedy: str = "check the cable") -> AlarmRaised:
    return AlarmRaised(code, Priority.HIGH, "no answer", "top", remedy, NOW_MS)


def test_every_alarm_of_the_engine_has_its_text() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    raised = set(_RAISED.findall(sources)) | set(_NAMED.findall(sources))
    assert {"camera", "storage", "bug", "setup", "reference"} <= raised <= KNOWN


def test_english_uses_the_words_of_the_engine(language: Language) -> None:
    did = "Parts without an image are rejected"
    assert alarm_lines(_alarm("camera top")) == ("No answer (top)", did, "Check the cable")


def test_chinese_has_all_three_lines_of_its_own(language: Language) -> None:
    language.switch(CHINESE)
    for code in KNOWN:
        lines = " ".join(alarm_lines(_alarm(code)))
        assert not re.search("[a-z]{2}", lines.replace("(top)", "")), lines


def test_the_longest_known_beginning_of_a_code_has_the_text(language: Language) -> None:
    language.switch(CHINESE)
    assert alarm_lines(_alarm("lost_lines top")) == alarm_lines(_alarm("lost_lines"))
    assert alarm_lines(_alarm("lost_lines top")) != alarm_lines(_alarm("drift top"))
    assert alarm_lines(_alarm("web"))[0] == "No answer (top)"


def test_an_unknown_alarm_is_said_as_it_was_sent(language: Language) -> None:
    for spoken, did, act in (
        (ENGLISH, "Parts without a valid result are rejected", "Call the lead"),
        (CHINESE, "无有效结果的零件一律剔除", "呼叫班长"),
    ):
        language.switch(spoken)
        assert alarm_lines(_alarm("flood")) == ("No answer (top)", did, "Check the cable")
        assert alarm_lines(_alarm("flood", remedy=""))[2] == act
