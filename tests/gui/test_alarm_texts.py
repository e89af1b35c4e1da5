"""What an alarm says, in both languages."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import station_app
from station_app.core import drift
from station_app.core.messages import AlarmRaised, Priority
from station_app.engine.contest import ALARM
from station_app.engine.lines_report import DRIFT, LOST, SET_UP
from station_app.engine.loaded_recipe import SETUP
from station_app.engine.references import REFERENCE
from station_app.engine.sync_desk import ASIDE, LATE, REFUSED
from station_app.gui.alarm_texts import KNOWN, alarm_lines
from station_app.gui.language import CHINESE, ENGLISH, Language
from tests.gui.fake_engine import NOW_MS

SOURCES = Path(station_app.__file__).parent
HANDED_ON = {
    ("engine.alarms", "code"): (),
    ("engine.books", "where"): ("inspect",),
    ("engine.references", "code"): (REFERENCE,),
    ("engine.setup_checks", "_code"): (SETUP,),
    ("engine.lines_report", "code"): (DRIFT, LOST, SET_UP),
    ("engine.sync_desk", "code"): (REFUSED, LATE, ASIDE),
    ("engine.contest", "code"): (ALARM,),
}
"""Where a code comes from elsewhere in its room, and which ones those are. Bugs in other threads are "bug"."""


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def _alarm(code: str, remedy: str = "check the cable") -> AlarmRaised:
    return AlarmRaised(code, Priority.HIGH, "no answer", "top", remedy, NOW_MS)


def _code_of(room: str, said: ast.expr) -> tuple[str, ...]:
    """The codes that the first argument of a call stands for; of one with a name in it what comes before the name."""
    module = importlib.import_module(f"station_app.{room}")
    match said:
        case ast.Constant(value=str(code)):
            return (code,)
        case ast.JoinedStr(values=[ast.Constant(value=str(code)), *_]):
            return (code.strip(),)
        case ast.JoinedStr(values=[ast.FormattedValue(value=first), *_]):
            return _code_of(room, first)
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return (getattr(getattr(module, owner), name),)
        case ast.Name(id=name) if hasattr(module, name):
            return (getattr(module, name),)
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)):
            return HANDED_ON[room, name]
    raise AssertionError(f"{room}, line {said.lineno}: what code is this?")


def _raised() -> Iterator[str]:
    for path in SOURCES.rglob("*.py"):
        room = ".".join(path.relative_to(SOURCES).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="raise_alarm" | "raise_error"), args=[said, *_]):
                    yield from _code_of(room, said)


def test_every_alarm_of_the_engine_has_its_text() -> None:
    raised = set(_raised())
    named = {"camera", "storage", "bug", "setup", "reference", "audit", "recipe_file", "recipe_waiting", drift.ALARM}
    assert named <= raised <= KNOWN


def test_what_has_drifted_is_named_in_the_language_of_the_screen(language: Language) -> None:
    place = drift.place_of("A17", ("model", "top/focus", "score", "spread"))
    alarm = AlarmRaised(drift.ALARM, Priority.LOW, "has drifted", place, "see History", NOW_MS)
    named = "A17: another model since the reference, top · focus, scores, as ranks, spread of the scores"
    assert alarm_lines(alarm)[0] == f"Has drifted ({named})"
    language.switch(CHINESE)
    named = "A17: 基准之后换了模型、top · 清晰度、分数（秩变换）、分数分布"
    assert alarm_lines(alarm)[0] == f"分数或图像已偏离冻结的基准 ({named})"


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
