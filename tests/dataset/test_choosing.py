"""Which parts become samples, and which do not: what one person alone may steer, and what nobody may see."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.outgoing import Sender
from station_app.dataset.caps import ALWAYS_ALLOWED, over_cap
from station_app.dataset.choosing import LINE_WEIGHT, REVIEWED_WEIGHT, Choice, Why, choose
from station_app.dataset.golden import Golden, read_golden
from station_app.dataset.options import DatasetOptions
from station_app.dataset.part_name import PartName
from tests.dataset.events import Station, finding, named, picture
from tests.dataset.test_standing import gathered_from, lines_of


def choice(*stations: Station, golden: Golden | None = None, **options: Any) -> Choice:
    gathered = gathered_from(lines_of(*stations))
    return choose(gathered.parts, DatasetOptions(Path("out"), **options), golden or Golden())


def whys(made: Choice) -> Counter[str]:
    return Counter(each.why.value for each in made.dropped)


def test_a_rejected_part_is_not_good_on_one_operators_word() -> None:
    station = Station()
    station.part(1).decide("false_reject", "op_a")

    assert whys(choice(station)) == {"needs_second": 1}
    (taken,) = choice(station, trust_operators=True).candidates
    assert (taken.label, taken.weight) == ("", LINE_WEIGHT)


def test_nor_by_the_same_persons_review_of_it() -> None:
    station = Station()
    part = station.part(1)
    part.decide("false_reject", "op_a")
    part.review("good", "op_a", is_blind=False)

    assert whys(choice(station)) == {"needs_second": 1}


def test_nor_after_they_took_the_decision_back_first() -> None:
    station = Station()
    part = station.part(1)
    part.undo(part.decide("false_reject", "op_a"))
    part.review("good", "op_a", is_blind=False)

    assert whys(choice(station)) == {"needs_second": 1}


def test_a_reviewer_or_a_second_operator_makes_it_good() -> None:
    station = Station()
    reviewed, seconded = station.part(1), station.part(2)
    reviewed.review("good", "op_r")
    seconded.decide("false_reject", "op_a")
    seconded.review("good", "op_r")

    made = choice(station)

    assert [(each.label, each.weight) for each in made.candidates] == [("", REVIEWED_WEIGHT), ("", 1.0)]


def test_what_makes_a_model_stricter_needs_no_second_opinion() -> None:
    station = Station()
    station.part(1, "PASS").decide("missed_defect", "op_a", label="dent", marks=[[1, 2, 3, 4]])
    station.part(2, "FAIL").decide("agree", "op_a")

    made = choice(station)

    assert [(each.label, each.weight) for each in made.candidates] == [("dent", LINE_WEIGHT), ("scratch", LINE_WEIGHT)]


def test_what_people_differ_about_is_left_out() -> None:
    station = Station()
    disputed, unsure, kinds, silent, dead = (station.part(number) for number in range(1, 6))
    disputed.review("good", "op_r")
    disputed.review("bad", "op_q")
    unsure.review("unsure", "op_r")
    kinds.review("bad", "op_r", label="dent")
    kinds.review("bad", "op_q", label="stain")
    silent.capture()
    dead.verdict = "NO_RESULT"
    dead.decide("agree")

    assert whys(choice(station)) == {"disputed": 1, "unsure": 1, "kinds_differ": 1, "unlabelled": 2}


def test_a_golden_group_is_barred_with_all_its_pictures() -> None:
    station = Station()
    station.part(1, group="G1").review("bad")
    station.part(2, group="G2", pixels=picture(7)).review("bad")
    station.part(3, group="G3", pixels=picture(7)).review("bad")
    station.part(4, group="G2").capture()

    made = choice(station, golden=Golden(groups=frozenset(["G2"])))

    assert [each.part.group for each in made.candidates] == ["G1"]
    assert [(each.name.part_id, each.why) for each in made.dropped] == [(n, Why.GOLDEN) for n in (2, 3, 4)]


@given(st.sets(st.integers(1, 12)), st.sets(st.integers(1, 12)))
def test_no_golden_group_ever_stands_among_the_candidates(barred: set[int], same_picture: set[int]) -> None:
    station = Station()
    for number in range(1, 13):
        pixels = picture(1) if number in same_picture else None
        station.part(number, group=f"G{number}", pixels=pixels).review("bad")
    golden = Golden(frozenset(f"G{number}" for number in barred))

    made = choice(station, golden=golden)

    assert not {each.part.group for each in made.candidates} & golden.groups
    pictures = {each.image.sha256 for each in made.candidates}
    assert not (barred & same_picture and pictures & {Station().image(picture(1))["sha256"]})
    assert len(pictures) == len(made.candidates)


def test_the_golden_list_may_be_a_list_or_a_table(tmp_path: Path) -> None:
    plain, table = tmp_path / "golden.txt", tmp_path / "samples.csv"
    plain.write_text("# frozen in spring\nSN1\n\n -SN2 \n")
    table.write_text(f"label,group,image_sha256\ngood,'-SN2,{'a' * 64}\nscratch,'quoted,\n")

    assert read_golden(plain).groups == {"SN1", "-SN2"}
    assert read_golden(table).groups == {"-SN2", "'quoted"}
    assert read_golden(table).images == {"a" * 64}


def test_one_picture_stays_in_one_group() -> None:
    station = Station()
    station.part(1, group="G1", pixels=picture(7)).review("bad")
    station.part(2, group="G2", pixels=picture(7)).review("bad")

    made = choice(station)

    assert [each.part.group for each in made.candidates] == ["G1"]
    (copy,) = made.dropped
    assert (copy.why, copy.group, copy.kept) == (Why.DUPLICATE, "G2", "p1/s1/6743a1ef09bc/1")


def test_one_picture_with_two_labels_is_left_out() -> None:
    station = Station()
    station.part(1, pixels=picture(7)).review("bad")
    station.part(2, pixels=picture(7)).review("good")

    assert whys(choice(station)) == {"contradicting_duplicate": 2}


def test_only_the_camera_that_shows_the_defect_is_bad() -> None:
    """Nobody said that the others are good: they are left out."""
    station = Station()
    drawn = station.part(1, cameras=("side", "top"))
    drawn.review("bad", drawn=[{"label": "dent", "camera": "side", "box": [0, 0, 5, 5]}])
    found = station.part(2, cameras=("side", "top"), findings=[finding(camera="top")])
    found.decide("agree")
    nowhere = station.part(3, "PASS", cameras=("side", "top"))
    nowhere.review("bad", label="dent")
    good = station.part(4, "PASS", cameras=("side", "top"))
    good.review("good")

    made = choice(station)

    shown = [(each.name.part_id, each.image.camera, each.label) for each in made.candidates]
    assert shown == [(1, "side", "dent"), (2, "top", "scratch"), (4, "side", ""), (4, "top", "")]
    assert whys(made) == {"camera_unknown": 4}


def test_recipe_and_camera_choose() -> None:
    station = Station()
    station.part(1, cameras=("side", "top"), verdict="PASS").review("good")
    station.part(2, "PASS", recipe="lid").review("good")

    made = choice(station, recipe="housing", camera="top")

    assert [(each.name.part_id, each.image.camera) for each in made.candidates] == [(1, "top")]
    assert made.dropped == ()


@pytest.mark.parametrize("busy", ["op_busy", ""])
def test_one_person_gives_no_more_than_their_share(busy: str) -> None:
    station = Station()
    for number in range(1, 101):
        part = station.part(number, "PASS")
        if number <= 40:
            part.review("good", "op_r")
            part.review("good", "op_q")
        else:
            part.review("good", busy)

    kept = choice(station, cap_share=0.3).candidates

    alone = [each for each in kept if each.standing.supporters == {named(busy)}]
    assert (len(alone), len(kept)) == (30, 70)


NAMES = st.integers(0, 300).map(lambda number: PartName(Sender("p1", "s1"), "6743a1ef09bc", number))
LABELS = st.lists(
    st.tuples(NAMES, st.sampled_from(["", "scratch"]), st.sampled_from([None, "", "op_a"])),
    max_size=150,
    unique_by=lambda entry: entry[0],
)


@given(LABELS, st.floats(0.01, 1), st.randoms(use_true_random=False))
def test_the_cap_holds_for_everybody_and_in_any_order(
    labels: list[tuple[PartName, str, str | None]], share: float, random: Any
) -> None:
    over = over_cap(labels, share)

    for label in ("", "scratch"):
        of_label = [entry for entry in labels if entry[1] == label]
        for person in ("op_a", ""):
            kept = [entry for entry in of_label if entry[2] == person and entry[0] not in over]
            given_by = [entry for entry in of_label if entry[2] == person]
            assert len(kept) == min(len(given_by), max(ALWAYS_ALLOWED, int(len(of_label) * share)))
    assert not {name for name, _, person in labels if person is None} & over
    random.shuffle(labels)
    assert over_cap(labels, share) == over
