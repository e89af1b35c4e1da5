"""Tables of images to judge by: whose they are, how they were drawn, and what is wrong with them."""

from pathlib import Path

import pytest

from station_app.core.errors import ConfigError
from station_app.retrain.judged import Answer, Judged, Picture, Source, judged_from, judged_table, parts_of
from station_app.retrain.pictures import golden_pictures, line_pictures

SAMPLES = """image_path,label,split,group,plant,station,part,camera,sampling_probability,verdict
images/a.png,good,test,g1,p1,s1,7,top,0.25,FAIL
images/b.png,scratch,test,g2,p1,s1,8,top,,PASS
images/c.png,scratch,test,g2,p1,s1,8,side,,PASS
images/d.png,good,train,g3,p1,s1,9,top,0.25,PASS
images/e.png,good,test,g4,p1,s2,7,top,0.5,NO_RESULT
"""


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_line_is_judged_by_its_test_split_alone(tmp_path: Path) -> None:
    pictures = line_pictures(write(tmp_path, "samples.csv", SAMPLES))
    found = [(picture.source, picture.file, picture.part, picture.probability) for picture in pictures]
    assert found == [
        (Source.CONTROL, "images/a.png", "p1/s1/7", 0.25),
        (Source.CONTROL, "images/e.png", "p1/s2/7", 0.5),
        (Source.DISAGREEMENT, "images/a.png", "p1/s1/7", None),
        (Source.DISAGREEMENT, "images/b.png", "p1/s1/8", None),
        (Source.DISAGREEMENT, "images/c.png", "p1/s1/8", None),
    ]


def test_a_number_that_a_station_set_up_anew_gives_again_is_another_part(tmp_path: Path) -> None:
    rows = ["part,inspected_at,image,label,group", "7,2026-01-01,a.png,good,g1", "7,2026-02-01,b.png,good,g2"]
    pictures = golden_pictures(write(tmp_path, "split.csv", "\n".join(rows)))
    assert len({picture.part for picture in pictures}) == 2


def test_only_the_champions_camera_is_judged(tmp_path: Path) -> None:
    pictures = line_pictures(write(tmp_path, "samples.csv", SAMPLES), "side")
    assert [picture.file for picture in pictures] == ["images/c.png"]


def test_a_dataset_that_tells_nothing_of_the_line_has_no_controls(tmp_path: Path) -> None:
    assert line_pictures(tmp_path) == ()


def test_a_materialised_dataset_is_a_golden_set_whatever_its_splits(tmp_path: Path) -> None:
    pictures = golden_pictures(write(tmp_path, "samples.csv", SAMPLES))
    assert [picture.kind for picture in pictures] == ["", "scratch", "scratch", "", ""]
    assert {picture.probability for picture in pictures} == {None}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("image,label,group\na.png,,g1\n", "label of an image to judge by is not told.*line 2"),
        ("image,mask\na.png,\n", "label and group of an image"),
        ("image,label,group\n", "the golden set holds no images"),
    ],
)
def test_a_golden_set_that_does_not_say_its_truth_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        golden_pictures(write(tmp_path, "split.csv", text))


def test_a_probability_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'2' is no probability of being drawn"):
        line_pictures(write(tmp_path, "samples.csv", SAMPLES.replace("0.5", "2")))


def judged(part: str, kind: str, champion: bool, candidate: bool, probability: float | None = None) -> Judged:
    picture = Picture("f.png", kind, "g", part, Source.CONTROL, "s1", "top", probability)
    return Judged(picture, Answer(champion, False, "scratch", 0.5), Answer(candidate, False, "scratch", 0.25))


def test_a_part_is_flagged_where_any_of_its_cameras_flags_it() -> None:
    images = [
        judged("1", "", False, False, 0.25),
        judged("1", "scratch", True, False, 0.25),
        judged("2", "", False, True),
    ]
    first, second = parts_of(images)
    assert (first.kinds, first.champion_flags, first.candidate_flags, first.weight) == (("scratch",), True, False, 4.0)
    assert (second.is_defect, second.candidate_is_right, second.champion_is_right) == (False, False, True)


def test_what_was_judged_comes_back_as_it_was_written() -> None:
    one = judged("1", "scratch", True, False, 0.25)
    assert judged_from(judged_table(one)) == one
