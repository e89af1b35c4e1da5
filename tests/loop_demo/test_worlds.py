"""Worlds: no group plays two roles, truth and pictures belong together, and a folder that is none is told."""

import csv
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest

from station_app.core.errors import ConfigError
from station_app.core.inspection import Box
from station_app.loop_demo.boards import SIDE, read_boards
from station_app.loop_demo.housings import render_housings
from station_app.loop_demo.parts import TruePart, write_labelled
from station_app.loop_demo.world import BOARDS, World, board_world, open_world
from station_app.training.folder_dataset import read_folder

ROLES = ("base", "golden", "stream", "further", "unseen")


def _write_board(folder: Path, boxes: str) -> Path:
    """One picture of two by two squares, striped, so that none is plain."""
    for name in ("test", "boxes"):
        (folder / name).mkdir(parents=True)
    pixels = np.zeros((2 * SIDE, 2 * SIDE), np.uint8)
    pixels[:, ::8] = 255
    pixels[SIDE:, SIDE:] = 255
    cv2.imwrite(str(folder / "test" / "p1.png"), pixels)
    (folder / "boxes" / "p1.txt").write_text(boxes)
    with (folder / "split.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ("image", "template", "boxes", "group", "split"))
        writer.writeheader()
        writer.writerow({"image": "test/p1.png", "boxes": "boxes/p1.txt", "group": "A", "split": "train"})
    return folder


def test_a_square_has_the_defects_that_lie_in_it(tmp_path: Path) -> None:
    inside, other = f"{SIDE + 20} 30 {SIDE + 50} 70 2\n", "10 10 30 30 1\n"
    (parts,) = read_boards(_write_board(tmp_path, inside + other)).values()
    assert [(part.serial, part.label, part.boxes) for part in parts] == [
        ("p1-00", "open", (Box(10, 10, 20, 20),)),
        ("p1-01", "short", (Box(20, 30, 30, 40),)),
        ("p1-10", "", ()),
    ], "the fourth square is plain"


def test_a_square_with_a_defect_on_its_border_or_of_two_kinds_is_left_out(tmp_path: Path) -> None:
    border, second = (
        f"{SIDE - 15} 30 {SIDE + 15} 70 2\n",
        f"10 {SIDE + 10} 30 {SIDE + 30} 1\n20 {SIDE + 40} 30 {SIDE + 60} 3\n",
    )
    assert read_boards(_write_board(tmp_path, border + second))["A"] == ()


def test_what_is_no_board_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="these are not the boards of DeepPCB"):
        read_boards(tmp_path)
    with pytest.raises(ConfigError, match=r"the boards 00041, .* are missing"):
        board_world(_write_board(tmp_path / "a", ""), is_quick=True)


@pytest.fixture(scope="module", params=["housings", "boards"])
def world(request: pytest.FixtureRequest) -> World:
    if request.param == "housings":
        return open_world(None, is_quick=True)
    folder: Path = request.getfixturevalue("shared_data")
    return board_world(folder / BOARDS, is_quick=False)


def test_no_group_plays_two_roles_and_no_part_comes_twice(world: World) -> None:
    roles = [getattr(world, role) for role in ROLES]
    for one, other in combinations(roles, 2):
        assert not {part.group for part in one} & {part.group for part in other}
    serials = [part.serial for role in roles for part in role]
    assert len(set(serials)) == len(serials)


def test_every_role_has_good_and_defective_parts_and_the_base_lacks_kinds(world: World) -> None:
    for role in ROLES:
        assert {part.is_defect for part in getattr(world, role)} == {True, False}
    assert {part.label for part in world.base if part.is_defect} < {part.label for part in world.stream}
    assert {part.label for part in world.unseen if part.is_defect} == set(world.kinds)


def test_rendered_defects_lie_in_their_boxes() -> None:
    parts = render_housings(990, 1, 20)
    defective = [part for part in parts if part.is_defect]
    assert defective
    for part in defective:
        height, width = part.pixels.shape
        assert part.boxes
        assert all(box.x >= 0 and box.right <= width and box.y >= 0 and box.bottom <= height for box in part.boxes)


def test_labelled_parts_are_read_as_they_were_written(tmp_path: Path) -> None:
    pixels = np.full((64, 64), 90, np.uint8)
    parts = [TruePart("a", "g", pixels), TruePart("b", "h", pixels, "mouse bite", (Box(4, 8, 10, 12),))]
    dataset = read_folder(write_labelled(((part, "train") for part in parts), tmp_path / "set"))
    assert dataset.labels == ("mouse bite",)
    assert [image.is_defect for image in dataset.images] == [False, True]
    assert int((dataset.images[1].mask == 1).sum()) == 120
