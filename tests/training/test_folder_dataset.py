"""Folders of labelled images: what is read, and the sentence that each broken folder gets."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from station_app.core.errors import ConfigError
from station_app.training.folder_dataset import read_folder
from station_app.training.labelled import UNKNOWN, Split
from tests.training.scenes import write_scenes, write_table

Row = dict[str, str]


def _row(**changes: str) -> Row:
    return {"image": "a.png", "label": "good", "mask": "", "group": "g", "split": "train"} | changes


def _picture(folder: Path, name: str, value: int = 90, side: int = 32) -> None:
    cv2.imwrite(str(folder / name), np.full((side, side), value, np.uint8))


def test_labels_masks_groups_and_splits_are_read(tmp_path: Path) -> None:
    dataset = read_folder(write_scenes(tmp_path / "parts", per_kind=1))
    assert dataset.labels == ("line", "spot")
    assert len(dataset.images) == 12
    assert {len(dataset.of(split)) for split in Split} == {4}
    for image in dataset.images:
        assert set(np.unique(image.mask)) == {0, *(kind + 1 for kind in image.kinds)}


def test_an_image_label_without_drawn_pixels_stays_a_defect(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        _picture(tmp_path, name)
    _picture(tmp_path, "empty.png", value=0)
    write_table(tmp_path, [_row(label="Uneven", mask="empty.png"), _row(image="b.png", label="uneven", group="h")])
    dataset = read_folder(tmp_path)
    assert dataset.labels == ("uneven",)
    for image in dataset.images:
        assert image.kinds == {0}
        assert (image.mask == UNKNOWN).all()


def test_masks_without_labels_hold_class_numbers(tmp_path: Path) -> None:
    _picture(tmp_path, "a.png")
    mask = np.zeros((32, 32), np.uint8)
    mask[4:8, 4:8], mask[20, 20] = 1, 3
    cv2.imwrite(str(tmp_path / "m.png"), mask)
    write_table(tmp_path, [{"image": "a.png", "mask": "m.png", "split": "train"}])
    dataset = read_folder(tmp_path)
    assert dataset.labels == ("class 1", "class 2", "class 3")
    assert dataset.images[0].kinds == {0, 2}
    assert dataset.images[0].group == "a.png"


def test_black_and_white_masks_without_labels_are_one_kind(tmp_path: Path) -> None:
    _picture(tmp_path, "a.png")
    _picture(tmp_path, "m.png", value=255)
    write_table(tmp_path, [{"image": "a.png", "mask": "m.png", "split": "train"}])
    dataset = read_folder(tmp_path)
    assert dataset.labels == ("defect",)
    assert (dataset.images[0].mask == 1).all()


def test_reducing_keeps_a_defect_of_one_pixel(tmp_path: Path) -> None:
    _picture(tmp_path, "a.png")
    mask = np.zeros((32, 32), np.uint8)
    mask[13, 7] = 255
    cv2.imwrite(str(tmp_path / "m.png"), mask)
    write_table(tmp_path, [_row(label="hole", mask="m.png")])
    image = read_folder(tmp_path, reduce=4).images[0]
    assert image.pixels.shape == image.mask.shape == (8, 8)
    assert image.mask[3, 1] == 1
    assert np.count_nonzero(image.mask) == 1


def test_groups_without_a_split_are_divided_whole_and_always_alike(tmp_path: Path) -> None:
    rows = []
    for number in range(40):
        _picture(tmp_path, f"{number}.png", side=8)
        rows.append({"image": f"{number}.png", "label": "good", "mask": "", "group": str(number // 2)})
    first, again = (read_folder(write_table(tmp_path, rows)) for _ in range(2))
    assert [image.split for image in first.images] == [image.split for image in again.images]
    assert {image.split for image in first.images} == set(Split)
    assert len({(image.group, image.split) for image in first.images}) == 20


def test_a_group_in_two_splits_is_refused(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        _picture(tmp_path, name)
    write_table(tmp_path, [_row(), _row(image="b.png", split="test")])
    with pytest.raises(ConfigError, match=r"group g stands in the splits train and test .*split\.csv.*one physical"):
        read_folder(tmp_path)


def _text_image(folder: Path) -> None:
    (folder / "a.png").write_text("no image")
    write_table(folder, [_row()])


def _empty_image(folder: Path) -> None:
    (folder / "a.png").touch()
    write_table(folder, [_row()])


def _half_an_image(folder: Path) -> None:
    _picture(folder, "a.png", side=200)
    body = (folder / "a.png").read_bytes()
    (folder / "a.png").write_bytes(body[: len(body) // 2])
    write_table(folder, [_row()])


def _wrong_size(folder: Path) -> None:
    _picture(folder, "a.png")
    _picture(folder, "m.png", side=16)
    write_table(folder, [_row(label="hole", mask="m.png")])


def _no_columns(folder: Path) -> None:
    write_table(folder, [{"image": "a.png", "boxes": "a.txt"}])


def _no_rows(folder: Path) -> None:
    (folder / "split.csv").write_text("image,mask,split\n")


def _binary_table(folder: Path) -> None:
    (folder / "split.csv").write_bytes(b"\xff\xfe\x00image")


def _short_row(folder: Path) -> None:
    (folder / "split.csv").write_text("mask,group,image\nm.png,g\n")


def _outside(folder: Path) -> None:
    _picture(folder.parent, "a.png")
    write_table(folder, [_row(image="../a.png")])


BROKEN: list[tuple[Callable[[Path], object], str]] = [
    (lambda folder: None, "table of labelled images cannot be read, No such file"),
    (_binary_table, "cannot be read"),
    (_no_rows, "the table holds no images"),
    (_no_columns, "the column mask, split or group is missing"),
    (lambda folder: write_table(folder, [_row(split="dev")]), "the split 'dev' is unknown .*line 2"),
    (lambda folder: write_table(folder, [_row(image="")]), "a row names no image .*line 2"),
    (_short_row, "a row names no image .*line 2"),
    (lambda folder: write_table(folder, [_row()]), r"a\.png is not there"),
    (_text_image, r"a\.png is no whole, readable image"),
    (_half_an_image, r"a\.png is no whole, readable image"),
    (_empty_image, r"a\.png is no whole, readable image"),
    (_wrong_size, r"m\.png has another size than a\.png"),
    (_outside, r"\.\./a\.png is not there"),
]


@pytest.mark.parametrize(("damage", "sentence"), BROKEN)
def test_a_broken_folder_gets_one_clear_sentence(
    tmp_path: Path, damage: Callable[[Path], object], sentence: str
) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    damage(folder)
    with pytest.raises(ConfigError, match=sentence) as caught:
        read_folder(folder)
    assert caught.value.remedy
    assert str(folder) in caught.value.where


def test_many_broken_files_are_counted_not_listed(tmp_path: Path) -> None:
    write_table(tmp_path, [_row(image=f"{number}.png") for number in range(9)])
    with pytest.raises(ConfigError, match="and 4 more"):
        read_folder(tmp_path)


def test_no_magnetic_tile_stands_in_two_splits(shared_data: Path) -> None:
    dataset = read_folder(shared_data / "magnetic_tile", reduce=8)
    assert dataset.labels == ("blowhole", "break", "crack", "fray", "uneven")
    parts = [{image.group for image in dataset.of(split)} for split in Split]
    assert not parts[0] & parts[1] | parts[0] & parts[2] | parts[1] & parts[2]
    assert sum((image.mask == UNKNOWN).all() for image in dataset.images) == 3


def test_a_weight_says_how_many_parts_an_image_stands_for(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.png"):
        _picture(tmp_path, name)
    rows = [
        _row(image=name, group=name, weight=weight)
        for name, weight in (("a.png", "20"), ("b.png", ""), ("c.png", "0.5"))
    ]
    assert [image.weight for image in read_folder(write_table(tmp_path, rows)).images] == [20.0, 1.0, 0.5]


@pytest.mark.parametrize("weight", ["0", "-1", "nan", "inf", "many"])
def test_what_is_no_weight_is_refused(tmp_path: Path, weight: str) -> None:
    _picture(tmp_path, "a.png")
    with pytest.raises(ConfigError, match=r"is no weight .*line 2"):
        read_folder(write_table(tmp_path, [_row(weight=weight)]))
