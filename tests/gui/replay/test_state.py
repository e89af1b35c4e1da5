"""Names, command lines and shares of a replay, and the words for what it came to."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from station_app.command_line.arguments import build_parser
from station_app.command_line.period import utc_ms
from station_app.core.errors import StorageError
from station_app.core.inspection import VerdictKind
from station_app.gui.replay.replay_state import Phase, ReplayState, asking, new_name, progressing
from station_app.gui.replay.result_words import comparison, headline, result_rows
from station_app.replay.journal import Journal, Subject, read_journal
from station_app.replay.outcome import Outcome, Skipped
from station_app.replay.request import Request, read_request, request_words, write_request
from station_app.replay.summary import Sampled, summarise

REQUEST = Request("r1", "housing", "name = 'x'\n", 1_700_000_000_123, 1_700_000_100_456, "/models/new")
SUBJECT = Subject("housing", 0, 10, "ab", ("cd",), "cpu")
OUTCOMES = (
    Outcome(1, VerdictKind.PASS, VerdictKind.PASS, is_identical=True),
    Outcome(2, VerdictKind.FAIL, VerdictKind.PASS, label="dent", score=0.4),
    Outcome(3, VerdictKind.FAIL, skipped=Skipped.NO_IMAGE),
)


def test_a_name_is_plain_on_every_disk() -> None:
    name = new_name("A17 / cover..", 3, datetime(2026, 11, 24, 6, 5, 4))  # noqa: DTZ001 - the clock on the wall
    assert name == "A17-cover-r3-20261124-060504"
    assert new_name("壳体", 1, datetime(2026, 1, 1)).startswith("recipe-r1-")  # noqa: DTZ001


def test_the_program_understands_what_the_screen_asks(tmp_path: Path) -> None:
    arguments = build_parser().parse_args(["replay", *request_words(REQUEST, tmp_path)])
    assert utc_ms(arguments.since, "") == REQUEST.from_ms and utc_ms(arguments.until, "") == REQUEST.until_ms
    assert arguments.of == "housing" and arguments.json and arguments.gently
    assert arguments.package == Path("/models/new") and arguments.recipe == str(tmp_path / "replays" / "r1.toml")
    own = build_parser().parse_args(["replay", *request_words(replace(REQUEST, package=""), tmp_path)])
    assert own.package is None


def test_a_request_is_kept_for_another_day(tmp_path: Path) -> None:
    assert read_request("r1", tmp_path) is None
    write_request(REQUEST, tmp_path)
    assert read_request("r1", tmp_path) == REQUEST
    (tmp_path / "replays" / "r1.json").write_text("{", encoding="utf-8")
    assert read_request("r1", tmp_path) is None


def test_a_request_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / "replays").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be written"):
        write_request(REQUEST, tmp_path)


def test_a_journal_is_read_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with Journal(path, SUBJECT) as journal:
        for outcome in OUTCOMES:
            journal.add(outcome)
    with path.open("ab") as torn:
        torn.write(b'{"part_id":4,')
    assert read_journal(path) == (SUBJECT, OUTCOMES)
    assert path.read_bytes().endswith(b'{"part_id":4,'), "reading changes nothing"


@pytest.mark.parametrize("body", [b"", b"{}\n", b"nonsense\n", b'{"recipe":1}\n'])
def test_what_is_no_journal_is_refused(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(body)
    with pytest.raises(StorageError, match="damaged"):
        read_journal(path)
    with pytest.raises(StorageError, match="cannot be read"):
        read_journal(tmp_path / "none.jsonl")


def test_progress_has_a_share() -> None:
    state = asking("r1")
    assert state.is_busy and state.share == 0
    assert progressing(state, 3, 6, 1).share == 0.5
    assert not ReplayState(Phase.DONE).is_busy and not ReplayState().is_busy


def test_words_say_what_differs_and_what_was_not_judged() -> None:
    summary = summarise(OUTCOMES, {}, {})
    assert headline(summary) == "1 of 2 parts would be told something else"
    cells = [(row.cells[0], row.cells[2]) for row in result_rows(summary)]
    assert ("NG → OK", "1") in cells and ("Not judged: an image is not stored", "1") in cells
    assert comparison(summary) == "Nobody has reviewed one of these parts blind"
    assert headline(summarise(OUTCOMES[:1], {}, {})).startswith("All 1 parts judged again are equal")
    assert headline(summarise(OUTCOMES[2:], {}, {})) == "No part could be judged again"


def test_a_comparison_of_few_parts_may_be_chance() -> None:
    truth = {1: Sampled("0", is_bad=False), 2: Sampled("0", is_bad=True)}
    words = comparison(summarise(OUTCOMES, {"0": 3}, truth))
    assert "1 were right only before, 0 only now" in words and "may be chance" in words
