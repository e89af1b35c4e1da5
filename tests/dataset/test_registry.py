"""Labels keep their numbers."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.core.errors import ConfigError
from station_app.dataset.registry import Registry, keep_registry, read_registry


def test_numbers_are_given_as_labels_come_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    first = read_registry(path).with_names(["scratch", "dent"])
    keep_registry(path, first)

    later = read_registry(path).with_names(["burn", "Dent", "apple"])

    assert {label.name: label.number for label in later.in_order()} == {"scratch": 1, "dent": 2, "burn": 3, "apple": 4}
    assert later.number_of("SCRATCH") == 1
    assert later.number_of("") == 0


@given(st.lists(st.text(min_size=1, max_size=70), max_size=12))
def test_every_label_has_a_folder_of_its_own_on_every_system(names: list[str]) -> None:
    registry = Registry({}).with_names(names)

    folders = [label.folder for label in registry.in_order()]
    assert len({folder.casefold() for folder in folders}) == len({name.casefold() for name in names})
    assert all(folder.isascii() and folder not in ("good", "ground_truth", "con") for folder in folders)
    assert not [folder for folder in folders if set(folder) & set('/\\:*?"<>| ') or folder.startswith(".")]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=70), max_size=12))
def test_what_is_kept_is_read_again(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    path = tmp_path_factory.mktemp("labels") / "labels.json"
    registry = Registry({}).with_names(names)

    keep_registry(path, registry)

    assert read_registry(path) == registry


@pytest.mark.parametrize("label", ["../../etc", "good", "GOOD", "con", "划痕", "label-7", "a/b", "."])
def test_a_name_that_is_no_folder_becomes_one(label: str) -> None:
    registry = Registry({}).with_names(["dent", label])

    assert registry.of(label).folder in ("label-2", "etc", "a_b")


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        '{"schema": 9, "labels": []}',
        '{"schema": 1, "labels": [{"id": 0, "name": "a", "folder": "a"}]}',
        '{"schema": 1, "labels": [{"id": 1, "name": "a", "folder": "../a"}]}',
        '{"schema": 1, "labels": [{"id": 1, "name": "a", "folder": "a"}, {"id": 1, "name": "b", "folder": "b"}]}',
        '{"schema": 1, "labels": [{"id": 1, "name": "a", "folder": "a"}, {"id": 2, "name": "A", "folder": "b"}]}',
    ],
)
def test_a_broken_registry_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "labels.json"
    path.write_text(text)

    with pytest.raises(ConfigError, match="labels' registry cannot be used"):
        read_registry(path)
