"""Every action that the station's own sources write into the audit chain has a name in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import station_app
from station_app.core.rollout_deeds import DeedKind
from station_app.gui.language import CHINESE, ENGLISH, Language
from station_app.gui.people.audit_texts import action_name
from station_app.store.model_records import ACTION
from station_app.store.recovery import RESTORED
from station_app.store.study_writing import STARTED
from station_app.store.trusting import RETIRED, TRUSTED

SOURCES = Path(station_app.__file__).parent
PLACES = {"note": 1, "append": 2}
"""Of the action among what `audit.note` and `audit.append` are given."""
BY_NAME = {RESTORED, STARTED, RETIRED, TRUSTED, "sign_in_refused", "signature_refused"}
OF_RECIPES = {f"recipe_{deed}" for deed in ("draft_saved", "commissioned", "approved", "activated", "retired")}


def _written() -> Iterator[str]:
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and "audit" in ast.unparse(node.func)
            ):
                action = node.args[PLACES[node.func.attr] :][:1] if node.func.attr in PLACES else []
                yield from (str(each.value) for each in action if isinstance(each, ast.Constant))


ACTIONS = {*_written(), *BY_NAME, *OF_RECIPES, *(f"{ACTION}{kind}" for kind in DeedKind)}


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.switch(ENGLISH)


def test_the_sources_were_read() -> None:
    assert {"exported", "sync_asked", "recipe_asked", "override", "lot_changed", "series_begun"} <= ACTIONS


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_every_action_has_its_own_name(language: Language, action: str) -> None:
    others = ACTIONS - {action}
    language.switch(ENGLISH)
    english = action_name(action)
    assert english not in {action_name(other) for other in others}
    language.switch(CHINESE)
    chinese = action_name(action)
    assert chinese != english and chinese != action.replace("_", " ")
    assert chinese not in {action_name(other) for other in others}
