"""`station-app recipe list`, `show` and `diff` on recorded revisions."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from station_app.command_line.main import main
from station_app.core.audit_view import NO_CHANGE
from station_app.core.recipe import Thresholds
from station_app.core.recipe_deeds import Commission, SavedText, SaveText
from station_app.core.recipe_edit import with_thresholds
from station_app.store.ledger import StationLedger
from tests.core.test_recipe_edit import HOUSING
from tests.store.records import ROOMY

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs the command on a folder with an active revision and a draft; status, what was said, what was refused."""
    draft = with_thresholds(HOUSING, {"scratch": Thresholds(0.4, 0.7)})
    with closing(StationLedger(tmp_path, ROOMY)) as ledger:
        ledger.revise(Commission(SavedText("housing", 1, HOUSING, "station", "file", 5)), NO_CHANGE).result()
        ledger.revise(SaveText(SavedText("housing", 2, draft, "wang", "why", 6)), NO_CHANGE).result()

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["recipe", *words, "--data-dir", str(tmp_path)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_the_list_names_every_revision_with_its_state(say: Say) -> None:
    status, told, _ = say("list")
    assert status == 0
    assert [line.split()[:3] for line in told.splitlines()] == [["housing", "1", "active"], ["housing", "2", "draft"]]


def test_the_text_is_shown_as_it_was_saved(say: Say) -> None:
    assert say("show", "housing")[1] == HOUSING
    assert "review = 0.4" in say("show", "housing", "2")[1]


def test_the_difference_is_told_field_by_field(say: Say) -> None:
    told = say("diff", "housing", "2")[1].splitlines()
    assert told == [
        "housing: revision 1 -> revision 2",
        "labels.scratch.review: 0.563 -> 0.4",
        "labels.scratch.fail: 0.769 -> 0.7",
    ]
    assert "no difference" in say("diff", "housing", "1")[1]
    assert "0.4 -> 0.563" in say("diff", "housing", "1", "2")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "other"), "no revision of a recipe 'other'"),
        (("show", "housing", "9"), "choose one of: 1, 2"),
        (("diff", "housing"), "make no question"),
        (("list", "all"), "make no question"),
        (("package",), "make no question"),
    ],
)
def test_what_is_not_there_is_said(say: Say, words: tuple[str, ...], sentence: str) -> None:
    status, _, refused = say(*words)
    assert status == 1
    assert sentence in refused
