"""Records of steps: what counts as done, and what a hash covers."""

from pathlib import Path

import pytest

from station_app.core.errors import ConfigError, StorageError
from station_app.retrain.work_folder import StepRecord, WorkFolder, content_hash, need_hash, write_text


@pytest.fixture
def work(tmp_path: Path) -> WorkFolder:
    return WorkFolder(tmp_path / "work")


def finish(work: WorkFolder) -> StepRecord:
    write_text(work.card, "card")
    record = StepRecord("sign", {"package": "a"}, {"model_card.md": content_hash(work.card)}, {"number": 1})
    work.write(record)
    return record


def test_a_record_holds_for_its_inputs_and_outputs_alone(work: WorkFolder) -> None:
    assert work.done("sign", {"package": "a"}) is None
    record = finish(work)
    assert work.done("sign", {"package": "a"}) == record
    assert work.done("sign", {"package": "b"}) is None
    work.card.write_text("another")
    assert work.done("sign", {"package": "a"}) is None


def test_what_is_cleared_has_neither_record_nor_output(work: WorkFolder) -> None:
    finish(work)
    (work.package / "golden").mkdir(parents=True)
    work.clear("sign", ("model_card.md", "package", "not-there"))
    assert work.read("sign") is None
    assert list(work.path.iterdir()) == []


@pytest.mark.parametrize("text", ["{", "[]", '{"inputs": {}}'])
def test_a_record_that_cannot_be_read_is_told(work: WorkFolder, text: str) -> None:
    write_text(work.path / "step-train.json", text)
    with pytest.raises(StorageError, match="a step's record cannot be read"):
        work.read("train")


def test_the_hash_of_a_folder_covers_names_and_contents(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "1.png").write_bytes(b"1")
    first = content_hash(folder)
    (folder / "a" / "1.png").rename(folder / "1.png")
    second = content_hash(folder)
    (folder / "1.png").write_bytes(b"2")
    assert len({first, second, content_hash(folder)}) == 3
    (folder / "MANIFEST.json").write_bytes(b"{}")
    assert content_hash(folder) == content_hash(folder / "MANIFEST.json")


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    assert content_hash(tmp_path / "nothing") == ""
    with pytest.raises(ConfigError, match="the golden set is not there"):
        need_hash(tmp_path / "nothing", "the golden set")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="the work folder cannot be used"):
        write_text(tmp_path / "file" / "work" / "x.json", "{}")
