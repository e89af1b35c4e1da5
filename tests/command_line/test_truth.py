"""What images really are, by a table beside them or by the plan of a rendered line."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from station_app.command_line.truth import Truth, rendered_truth, table_truth
from station_app.core.errors import ConfigError
from station_app.devices.rendering.plan import RenderSpec, number_source, plan_part


def _table(folder: Path, text: str) -> Path:
    (folder / "split.csv").write_text(text, encoding="utf-8")
    return folder


def test_labels_and_splits(tmp_path: Path) -> None:
    table = _table(tmp_path, "image,label,split\na/1.png,good,test\na/2.png,crack,train\n")
    truth_of = table_truth(table, tmp_path)
    assert truth_of("a/1.png") == Truth("good", "test")
    assert truth_of("a/2.png") == Truth("crack", "train")
    assert truth_of("a/3.png") is None


def test_sources_count_from_the_cameras_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    truth_of = table_truth(_table(tmp_path, "image,label\na/1.png,good\n"), tmp_path / "a")
    assert truth_of("1.png") == Truth("good")


def test_masks_and_boxes_say_whether_there_is_a_defect(tmp_path: Path) -> None:
    for name, value in (("clean.png", 0), ("marked.png", 1)):
        cv2.imwrite(str(tmp_path / name), np.full((4, 4), value, np.uint8))
    truth_of = table_truth(_table(tmp_path, "image,mask\n1,clean.png\n2,marked.png\n3,\n"), tmp_path)
    assert [truth_of(name) for name in "123"] == [Truth("good"), Truth("defect"), Truth("good")]
    (tmp_path / "some.txt").write_text("1 2 3 4 1\n")
    (tmp_path / "none.txt").write_text("\n")
    truth_of = table_truth(_table(tmp_path, "image,boxes\n1,some.txt\n2,none.txt\n"), tmp_path)
    assert [truth_of(name) for name in "12"] == [Truth("defect"), Truth("good")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,label\na,good\n", "does not say what the images are"),
        ("image,label\n", "does not say what the images are"),
        ("image,mask\n1,gone.png\n", "gone.png"),
        ("image,boxes\n1,gone.txt\n", "gone.txt"),
    ],
)
def test_a_table_that_says_nothing_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        table_truth(_table(tmp_path, text), tmp_path)


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        table_truth(tmp_path / "gone.csv", tmp_path)


def test_a_rendered_line_knows_its_own_truth() -> None:
    spec = RenderSpec(seed=5, defect_rate=0.5)
    truth_of = rendered_truth(spec)
    for number in range(30):
        truth = truth_of(number_source(number))
        assert truth is not None
        assert truth.is_defect is bool(plan_part(spec, number).defects)
    assert truth_of("a.png") is None
