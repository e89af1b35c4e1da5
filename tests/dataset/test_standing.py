"""What the records of a part come to, whatever the order in which they are read."""

import json
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.outgoing import SeriesName
from station_app.dataset.batch import Line, read_batch
from station_app.dataset.gathered import Gathered, PartRecords
from station_app.dataset.standing import UNNAMED, Consensus, Standing, standing_of
from station_app.sync.arrived import BatchName
from station_app.sync.arrived import named as batch_named
from tests.dataset.events import Station, named


def lines_of(*stations: Station) -> list[tuple[SeriesName, Line]]:
    read: list[tuple[SeriesName, Line]] = []
    for station in stations:
        objects = station.objects()
        read += [(b.series, line) for b in _batches(objects) for line in read_batch(b, objects[b.key])]
    return read


def _batches(objects: Iterable[str]) -> list[BatchName]:
    return [batch_named(key) for key in objects if "/captures/" in key]


def gathered_from(lines: list[tuple[SeriesName, Line]]) -> Gathered:
    gathered = Gathered()
    for series, line in lines:
        gathered.add(series, line)
    return gathered


def only_part(*stations: Station) -> PartRecords:
    (part,) = gathered_from(lines_of(*stations)).parts.values()
    return part


def standing(*stations: Station) -> Standing:
    return standing_of(only_part(*stations))


def test_nobody_said_anything() -> None:
    station = Station()
    station.part(1).capture()

    assert standing(station).consensus is Consensus.NONE
    assert standing(station).is_bad is None


@pytest.mark.parametrize(
    ("verdict", "disposition", "is_bad"),
    [
        ("PASS", "agree", False),
        ("PASS", "missed_defect", True),
        ("FAIL", "agree", True),
        ("FAIL", "false_reject", False),
        ("FAIL", "missed_defect", True),
        ("REVIEW", "agree", True),
        ("REVIEW", "false_reject", False),
    ],
)
def test_a_decision_at_the_line(verdict: str, disposition: str, is_bad: bool) -> None:
    station = Station()
    station.part(1, verdict).decide(disposition)

    assert standing(station).consensus is Consensus.SINGLE
    assert standing(station).is_bad is is_bad


@pytest.mark.parametrize("disposition", ["agree", "false_reject", "missed_defect"])
def test_without_a_result_a_decision_says_nothing(disposition: str) -> None:
    station = Station()
    part = station.part(1, "NO_RESULT")
    part.decide(disposition)
    assert standing(station).consensus is Consensus.NONE

    part.review("good")
    assert standing(station).consensus is Consensus.SINGLE
    assert standing(station).is_bad is False


def test_an_undo_takes_back() -> None:
    station = Station()
    part = station.part(1)
    part.undo(part.decide("false_reject"))
    assert standing(station).consensus is Consensus.NONE

    part.take_back(part.review("bad"))
    assert standing(station).consensus is Consensus.NONE


def test_a_later_answer_of_the_same_person_stands() -> None:
    station = Station()
    part = station.part(1)
    part.review("good", "op_r")
    part.review("bad", "op_r", label="dent")

    assert standing(station).consensus is Consensus.SINGLE
    assert standing(station).kinds == ("dent",)


def test_a_reviewer_who_decided_at_the_line_is_one_person() -> None:
    station = Station()
    part = station.part(1)
    part.decide("false_reject", "op_a")
    part.review("good", "op_a", is_blind=False)

    assert standing(station).consensus is Consensus.SINGLE
    assert standing(station).supporters == {named("op_a")}
    assert standing(station).deciders == {named("op_a")}


def test_people_whom_nobody_knows_are_one_person() -> None:
    station = Station()
    part = station.part(1)
    part.review("good", "")
    part.review("good", "")

    assert standing(station).consensus is Consensus.SINGLE


def test_people_who_differ_are_settled_by_an_adjudicator() -> None:
    station = Station()
    part = station.part(1)
    part.review("good", "op_r")
    part.review("bad", "op_q", label="dent")
    assert standing(station).consensus is Consensus.DISPUTED
    assert standing(station).is_bad is None

    part.review("bad", "op_z", label="scratch", is_adjudication=True)
    assert standing(station).consensus is Consensus.ADJUDICATED
    assert standing(station).kinds == ("scratch",)
    assert standing(station).supporters == {named("op_q"), named("op_z")}


def test_one_reviewer_against_the_line_is_disputed_and_two_settle_it() -> None:
    station = Station()
    part = station.part(1)
    part.decide("false_reject", "op_a")
    part.review("bad", "op_r")
    assert standing(station).consensus is Consensus.DISPUTED

    part.review("bad", "op_q")
    assert standing(station).consensus is Consensus.AGREED
    assert standing(station).is_bad is True


def test_who_is_unsure_has_said_nothing() -> None:
    station = Station()
    part = station.part(1)
    part.review("unsure", "op_r")
    assert standing(station).is_unsure
    assert standing(station).consensus is Consensus.NONE

    part.review("bad", "op_q")
    assert not standing(station).is_unsure
    assert standing(station).consensus is Consensus.SINGLE


def test_the_kind_is_named_by_the_best_informed() -> None:
    station = Station()
    part = station.part(1, label="scratch")
    part.decide("agree", "op_a")
    assert standing(station).kinds == ("scratch",)

    part.review("bad", "op_r", label="dent")
    assert standing(station).kinds == ("dent",)

    part.review("bad", "op_q", label="stain")
    assert standing(station).kinds == ("dent", "stain")


@pytest.mark.parametrize("label", ["", "good", "GOOD ", "ok"])
def test_a_defect_is_never_called_good(label: str) -> None:
    station = Station()
    station.part(1, "PASS").review("bad", label=label)

    assert standing(station).kinds == (UNNAMED,)


def test_what_a_restored_station_sends_again_is_the_same() -> None:
    """Another series, the same decision; and a number that is used once more after the restore."""
    before, after = Station(), Station(series="6743a1ef0fff")
    part = before.part(1)
    part.decide("false_reject", "op_a")
    after.events = list(before.events)
    assert len(only_part(before, after).decisions) == 1

    again = after.part(1, pixels=None)
    after.decisions = 0
    number = again.decide("agree", "op_b")
    assert number == 1
    both = only_part(before, after)
    assert len(both.decisions) == 2
    assert standing_of(both).consensus is Consensus.DISPUTED

    again.undo(number, "op_b")
    assert standing(before, after).supporters == {named("op_a")}


def test_a_record_that_is_sent_again_keeps_its_first_place() -> None:
    before, after = Station(), Station(series="6743a1ef0fff")
    before.part(1).decide("false_reject", "op_a")
    after.events = list(before.events)
    lines = lines_of(before, after)

    first, other = gathered_from(lines), gathered_from(lines[::-1])

    assert first.parts == other.parts
    assert list(only_part(before, after).decisions.values()) == [("6743a1ef09bc", 1)]


def test_an_undo_leaves_alone_what_got_its_number_after_a_restore() -> None:
    before, after = Station(), Station(series="6743a1ef0fff")
    part = before.part(1)
    part.undo(part.decide("false_reject", "op_a"))
    after.part(1).decide("agree", "op_b")

    assert standing(before, after).supporters == {named("op_b")}


def test_an_image_that_the_station_has_shed_meanwhile_was_sent_all_the_same() -> None:
    station = Station()
    part = station.part(1)
    part.capture()
    shown, part.images = part.images, []
    part.review("bad")

    assert [image.sha256 for image in only_part(station).told.images] == [shown[0]["sha256"] if shown else ""]


PEOPLE = st.sampled_from(["op_a", "op_b", "op_c"])
DEED = st.one_of(
    st.tuples(st.just("decide"), PEOPLE, st.sampled_from(["agree", "false_reject", "missed_defect", "unsure"])),
    st.tuples(st.just("review"), PEOPLE, st.sampled_from(["good", "bad", "unsure"])),
    st.tuples(st.just("settle"), PEOPLE, st.sampled_from(["good", "bad"])),
    st.tuples(st.just("undo"), PEOPLE, st.just("")),
)


def done(station: Station, deeds: list[tuple[str, str, str]], verdict: str) -> None:
    part = station.part(1, verdict)
    part.capture()
    standing_decisions: list[int] = []
    standing_reviews: list[int] = []
    for deed, by, word in deeds:
        if deed == "decide":
            standing_decisions.append(part.decide(word, by))
        elif deed == "undo":
            if standing_decisions:
                part.undo(standing_decisions.pop(), by)
            elif standing_reviews:
                part.take_back(standing_reviews.pop(), by)
        else:
            standing_reviews.append(part.review(word, by, label="dent", is_adjudication=deed == "settle"))


@given(
    st.lists(DEED, max_size=8),
    st.sampled_from(["PASS", "FAIL", "REVIEW", "NO_RESULT"]),
    st.integers(0, 2**32),
    st.integers(0, 5),
)
def test_the_order_of_reading_and_records_that_come_twice_change_nothing(
    deeds: list[tuple[str, str, str]], verdict: str, seed: int, twice: int
) -> None:
    station = Station()
    done(station, deeds, verdict)
    lines = lines_of(station)
    random = Random(seed)
    shuffled = [*lines, *random.choices(lines, k=twice)]
    random.shuffle(shuffled)

    expected, told = gathered_from(lines), gathered_from(shuffled)

    assert told.chains() == expected.chains()
    assert told.parts == expected.parts
    (one,), (other,) = told.parts.values(), expected.parts.values()
    assert standing_of(one) == standing_of(other)


def test_lines_are_read_as_they_were_written() -> None:
    """The builder and the reader agree about the whole record."""
    station = Station()
    station.part(7, probability=0.25).review("bad", label="dent", severity="major", viewed_ms=1234)
    data: dict[str, Any] = json.loads(station.lines()[0])["data"]

    part = only_part(station)

    (opinion,) = part.opinions
    assert (opinion.label, opinion.severity, opinion.viewed_ms, opinion.is_blind) == ("dent", "major", 1234, True)
    assert part.about.sampling is not None
    assert part.about.sampling.probability == 0.25
    assert part.about.group == data["part"]["group"]
    assert part.about.models[0].sha256 == data["models"][0]["sha256"]
