"""`station-app replay` and `export` on what a real line has recorded."""

import csv
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from station_app.command_line.main import main
from station_app.reports import verify_pack
from station_app.store.verification import verify
from tests.replay.conftest import PARTS, PROJECT, Recorded

RECIPE = str(PROJECT / "configs" / "recipes" / "housing.toml")


def said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str]:
    status = main([words[0], "--data-dir", str(folder), *words[1:]])
    return status, "".join(capsys.readouterr())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def summary_of(text: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(text.splitlines()[-1])["summary"]
    return told


def test_a_shift_is_judged_again_bit_for_bit(recorded: Recorded, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = said(capsys, recorded.folder, "replay", "same", "--recipe", RECIPE, "--json")
    summary = summary_of(text)
    assert status == 0 and summary["judged"] == summary["identical"] == PARTS and summary["flips"] == []
    assert '"done": 8, "total": 8' in text
    again, text = said(capsys, recorded.folder, "replay", "same", "--recipe", RECIPE)
    assert again == 0 and f"{PARTS} parts judged again, {PARTS} of them equal to the last bit" in text
    assert "cannot say" in text, "nobody has reviewed a part"


def test_other_thresholds_tell_what_flips(
    recorded: Recorded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lax = tmp_path / "lax.toml"
    text = Path(RECIPE).read_text(encoding="utf-8").replace("review = 0.563", "review = 1.0")
    lax.write_text(text.replace("fail = 0.769", "fail = 1.0"), encoding="utf-8")
    status, text = said(capsys, recorded.folder, "replay", "lax", "--recipe", str(lax))
    assert status == 0 and "FAIL -> PASS" in text


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("replay", "../out", "--recipe", RECIPE), "no name for a replay"),
        (("replay", "x", "--recipe", "nobody"), "nobody"),
        (("replay", "x", "--recipe", RECIPE, "--from", "soon"), "'soon' is no time"),
        (("export", "csv", "/nowhere/at/all.csv"), "cannot be written"),
        (("export", "csv", "x.csv", "--verdict", "GREAT"), "there is no 'GREAT'"),
        (("export", "pack", "x.zip"), "about one part"),
        (("export", "pack", "x.zip", "--part", "4711"), "this part has no record"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    recorded: Recorded, words: Sequence[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = said(capsys, recorded.folder, *words)
    assert status == 1 and problem in text and "Traceback" not in text


def test_the_history_goes_out_as_a_table(
    recorded: Recorded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "history.csv"
    status, text = said(capsys, recorded.folder, "export", "csv", str(out), "--by", "ann")
    rows = rows_of(out)
    assert status == 0 and f"{PARTS} parts" in text
    told = [(row["part"], row["verdict"]) for row in rows if not row["part"].startswith("#")]
    assert told == [(str(part.part_id), part.verdict) for part in recorded.parts]
    assert {row["part"]: row["inspected_at_utc"] for row in rows}["# exported_by"] == "ann"
    said(capsys, recorded.folder, "export", "csv", str(out), "--verdict", "fail", "--label", "scratch")
    rows = rows_of(out)
    assert {row["label"] for row in rows if not row["part"].startswith("#")} <= {"scratch"}


def test_a_part_goes_out_with_all_its_evidence(
    recorded: Recorded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "part.zip"
    status, text = said(capsys, recorded.folder, "export", "pack", str(out), "--part", "2")
    key = text.split("signed with ", 1)[1].split()[0].rstrip(".")
    manifest, problems = verify_pack.check(str(out), key)
    assert status == 0 and not problems and manifest["part_id"] == 2
    with zipfile.ZipFile(out) as pack:
        part = json.loads(pack.read("part.json"))
        assert part["verdict"] == recorded.parts[1].verdict and not part["cameras_without_stored_image"]
        assert json.loads(pack.read("recipe.json"))["name"] == "housing"
        assert pack.read("images/top.png").startswith(b"\x89PNG")
    assert verify(recorded.folder) == ()
