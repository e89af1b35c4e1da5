"""Records as they leave: exactly the words of docs/sync.md, valid against the published schemas, without any name."""

import json
import math
import sqlite3
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from station_app.core.cloud_event import GENESIS, Event, Head, chained_lines, line_hash, utc_text
from station_app.core.inspection import (
    Box,
    Disposition,
    Inspection,
    NoResultReason,
    Override,
    StageTimes,
    VerdictKind,
)
from station_app.core.outgoing import Sender, Stream
from station_app.core.people_words import Pseudonym
from station_app.core.record_words import PartTold, RecipeTold
from station_app.core.review import Answer, Brush, DefectDrawn, Queue, Severity
from station_app.core.shadow import ShadowPair, ShadowResult
from station_app.store import audit
from station_app.store.history_cut import inspection_event, inspection_words
from station_app.store.inspections import register_recipe
from station_app.store.ledger_writes import write_override
from station_app.store.plant_key import PlantKey
from station_app.store.series import Series
from station_app.store.shadow_results import record_shadow
from station_app.store.telling import Telling
from station_app.store.told_parts import told_part
from station_app.store.told_records import OutboxRow, event_of
from tests.store.records import MODEL, RECIPE, SCRATCH, inspection
from tests.store.reviewed_line import ReviewedLine
from tests.store.schemas import NAMES, check_event, schema, validator

GOLDEN = Path(__file__).with_name("golden")
SENDER = Sender("p1", "s1")
SERIES = Series(1, "01a20c6d2bfa", SENDER, "01a20c6d2bfa")
NAME: Pseudonym = PlantKey(b"k" * 32).pseudonym
COMMENT = "Zhao says the lid was dirty"


@pytest.fixture
def line(connection: sqlite3.Connection) -> ReviewedLine:
    return ReviewedLine(connection)


def events(reader: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every record of the outbox as it leaves, in the order in which it was written."""
    telling = Telling(SERIES, NAME, "0.1.0", 1)
    rows = reader.execute("SELECT id, part_id, kind, record, written_at_ms FROM outbox ORDER BY id").fetchall()
    told = []
    for row in (OutboxRow(*values) for values in rows):
        part = told_part(reader, row.part_id, telling.subject_of(row.part_id), telling.recipes)
        told.append(event_of(reader, row, part, NAME, "0.1.0"))
    return [json.loads(told_line) for told_line in chained_lines(told, Head(SENDER, SERIES.name, Stream.CAPTURES))]


def spoken_of(line: ReviewedLine) -> None:
    """One part with all that can be told of a part."""
    found = replace(SCRATCH, label="scratch", score=math.nan)
    made = replace(
        inspection(42, serial="SN000042"),
        inspected_at_ms=1_700_000_000_002,
        lot="L77",
        findings=(SCRATCH, found),
        scores=(("scratch", 0.299), ("dent", math.nan)),
    )
    line.record(made)
    line.store_image(42)
    missed = Override(42, Disposition.MISSED_DEFECT, "wang", 1_700_000_004_000, "", "dent", (Box(1, 2, 3, 4),))
    write_override(line.connection, replace(missed, viewed_ms=4200, camera_id="top"))
    drawn = (
        DefectDrawn("dent", "top", box=Box(5, 6, 7, 8)),
        DefectDrawn("dent", "top", polygon=((1, 2), (3, 4), (5, 2))),
        DefectDrawn("dent", "top", brush=Brush(Box(0, 0, 2, 2), (1, 2, 1))),
    )
    more = {"label": "dent", "severity": Severity.MAJOR, "drawn": drawn, "comment": COMMENT, "viewed_ms": 900}
    line.review(42, Answer.BAD, "li", Queue.BLIND, **more)


def test_the_golden_examples_are_what_leaves(line: ReviewedLine) -> None:
    spoken_of(line)
    told = events(line.connection)
    telling = Telling(SERIES, NAME, "0.1.0", 1)
    event = inspection_event(line.connection, 42, telling)
    assert event is not None
    (history,) = chained_lines((event,), Head(SENDER, SERIES.name, Stream.HISTORY))
    for made in (*told, json.loads(history)):
        assert made == json.loads((GOLDEN / f"{made['type']}.json").read_text()), made["type"]
    assert [made["type"] for made in told] == ["station.capture.v1", "station.decision.v1", "station.review.v1"]


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_are_schemas_and_the_examples_fit(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    example = GOLDEN / f"{name}.json"
    if name != "station.part.v1":
        validator(name).validate(json.loads(example.read_text()))


def test_the_text_of_the_golden_offer_is_canonical_and_fits() -> None:
    text = json.loads((GOLDEN / "station.offer.v1.json").read_text())["offer"]
    offer = json.loads(text)
    validator("station.offer.v1", "offer").validate(offer)
    assert json.dumps(offer, sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        (("data", "decision", "by"), "wang"),
        (("data", "prediction", "verdict"), "OK"),
        (("data", "consensus"), "majority"),
        (("data", "images", 0, "sha256"), "1"),
        (("data", "why"), []),
        (("time",), "yesterday"),
        (("subject",), "42"),
    ],
)
def test_the_schemas_refuse_what_no_station_says(where: tuple[str | int, ...], wrong: object) -> None:
    event = json.loads((GOLDEN / "station.decision.v1.json").read_text())
    place = event
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = wrong
    with pytest.raises(ValidationError):
        check_event(event)


def test_no_name_and_no_comment_leaves(line: ReviewedLine) -> None:
    spoken_of(line)
    line.suspect(42, "zhao")
    write_override(line.connection, Override(42, Disposition.UNSURE, "wang", 5, "I asked Zhao about it"))
    line.undo(1)
    told = json.dumps(events(line.connection))
    for secret in ("wang", "zhao", "Zhao", '"li"', COMMENT, "looks odd", "I asked"):
        assert secret not in told
    assert '"reason": "other"' in told


def test_the_same_person_has_the_same_name_under_the_same_key() -> None:
    key, other = PlantKey(b"k" * 32), PlantKey(b"j" * 32)
    assert key.pseudonym("Zoë") == key.pseudonym("Zoe\N{COMBINING DIAERESIS}") != key.pseudonym("zoë")
    assert key.pseudonym("wang") != other.pseudonym("wang")
    assert key.pseudonym("") == ""
    assert "k" * 8 not in repr(key)


def test_each_record_says_how_things_stood_with_it(line: ReviewedLine) -> None:
    line.inspect(1, 0.9)
    write_override(line.connection, Override(1, Disposition.FALSE_REJECT, "wang", 5, "dust"))
    line.review(1, Answer.BAD, "li")
    write_override(line.connection, Override(1, Disposition.UNDO, "wang", 7))
    line.undo(1, "li")
    line.suspect(1)
    told = [event["data"] for event in events(line.connection)]
    assert [data["consensus"] for data in told] == ["none", "single", "disputed", "single", "none", "none"]
    assert [data["why"][1:] for data in told] == [
        [],
        ["override"],
        ["override", "review"],
        ["override", "review"],
        ["override", "review"],
        ["suspect", "override", "review"],
    ]
    undo, review_undo = told[3]["decision"], told[4]["review"]
    assert (undo["disposition"], undo["undoes"], undo["by"]) == ("undo", 1, NAME("wang"))
    assert (review_undo["answer"], review_undo["id"], review_undo["undoes"]) == ("undo", 1, 1)


def test_a_pass_that_was_recorded_too_late_is_told_as_withheld(line: ReviewedLine) -> None:
    line.inspect(1)
    audit.append(line.connection, "station", "pass_withheld", "part 1", "recorded after the deadline")
    (event,) = events(line.connection)
    assert event["data"]["prediction"]["is_withheld"] is True


def test_a_recipe_that_was_never_recorded_leaves_its_words_empty(line: ReviewedLine) -> None:
    line.record(replace(inspection(1), recipe_hash="ee" * 32))
    write_override(line.connection, Override(1, Disposition.AGREE, "wang", 5))
    event = events(line.connection)[-1]
    check_event(event)
    assert (event["data"]["recipe"]["thresholds"], event["data"]["models"][0]["package"]) == ({}, "")


def test_what_a_model_in_shadow_said_goes_with_the_part(line: ReviewedLine) -> None:
    candidate = replace(RECIPE, revision=3)
    register_recipe(line.connection, candidate)
    pair = ShadowPair("top", "ef" * 32, candidate.sha256, MODEL, RECIPE.sha256)
    for part_id in (1, 2):
        line.inspect(part_id)
    scores = (("scratch", 0.875), ("dent", 0.25))
    said = ShadowResult(1, pair, VerdictKind.FAIL, None, "scratch", 0.875, scores, 12.5)
    broken = (("scratch", math.nan), ("dent", math.inf))
    lost = ShadowResult(2, pair, VerdictKind.NO_RESULT, NoResultReason.MODEL_OUTPUT, "", math.nan, broken, 3.0)
    record_shadow(line.connection, said)
    record_shadow(line.connection, lost)

    first, second = events(line.connection)

    check_event(first)
    check_event(second)
    words = {"label": "scratch", "score": 0.875, "scores": {"scratch": 0.875, "dent": 0.25}}
    assert first["data"]["shadow"] == [{"sha256": "ef" * 32, "verdict": "FAIL", **words}]
    words = {"label": "", "score": None, "scores": {"scratch": None, "dent": None}}
    assert second["data"]["shadow"] == [{"sha256": "ef" * 32, "verdict": "NO_RESULT", **words}]


_TEXTS = st.text(max_size=20)
_SCORES = st.lists(st.tuples(_TEXTS, st.floats(width=32)), max_size=4).map(tuple)


@given(serial=_TEXTS, lot=_TEXTS, scores=_SCORES, at_ms=st.integers(-(2**62), 2**62), total_ms=st.floats())
def test_whatever_a_scanner_or_a_model_says_a_line_stays_one_line(
    serial: str, lot: str, scores: tuple[tuple[str, float], ...], at_ms: int, total_ms: float
) -> None:
    made = replace(
        inspection(1), serial=serial, lot=lot, scores=scores, inspected_at_ms=at_ms, times=StageTimes(total_ms=total_ms)
    )
    (said,) = chained_lines((_history(made),), Head(SENDER, SERIES.name, Stream.HISTORY))
    assert said.isascii() and b"\n" not in said
    event = json.loads(said, parse_constant=_refuse)
    check_event(event)
    assert (event["data"]["part"]["serial"], event["data"]["part"]["lot"]) == (serial, lot)


def _refuse(constant: str) -> None:
    raise AssertionError(f"no JSON: {constant}")


def _history(made: Inspection) -> Event:
    told = PartTold("s1/01a20c6d2bfa/1", made, RecipeTold(), is_withheld=False)
    return Event("station.inspection.v1", told.subject, made.inspected_at_ms, inspection_words(told, "0.1.0"))


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=8), st.integers(1, 9))
def test_lines_are_numbered_and_chained(times: list[int], first: int) -> None:
    made = tuple(Event("station.inspection.v1", "s1/x/1", at_ms, {}) for at_ms in times)
    lines = tuple(chained_lines(made, Head(SENDER, SERIES.name, Stream.HISTORY, first)))
    told = [json.loads(line) for line in lines]
    assert [event["data"]["seq"] for event in told] == list(range(first, first + len(times)))
    assert told[0]["data"]["prev"] == GENESIS
    for (line, _), (_, event) in pairwise(zip(lines, told, strict=True)):
        assert event["data"]["prev"] == line_hash(line)
    assert [event["time"] for event in told] == [utc_text(at_ms) for at_ms in times]
    assert len({event["id"] for event in told}) == len(told)
