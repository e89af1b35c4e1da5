"""Files from the command line: a report without a display, tables, packs; what cannot be audited says so."""

import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from station_app.command_line.main import main
from station_app.core.errors import StorageError
from station_app.store.station_key import KEY, load_key, load_or_create
from tests.gui.charts.recorded import FIRST_HOUR, record_hours, writing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    with writing(data) as connection:
        record_hours(connection, [3, 5], parts=20, no_result=2)
    return data


def test_a_report_needs_no_display(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "shift.pdf"
    words = ["report", str(out), "--data-dir", str(folder), "--language", "zh_CN", "--by", "Anna"]
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    told = subprocess.run(
        [sys.executable, "-m", "station_app", *words], capture_output=True, check=True, text=True, env=bare, timeout=120
    )
    assert "about 44 parts" in told.stdout and "not" in told.stdout.splitlines()[-1]
    text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(out).pages).split())
    assert "班次报告" in text and "OK 32" in text and "无结果 4" in text and "Anna" in text


def test_a_period_of_a_report_is_asked_in_local_time(folder: Path, tmp_path: Path) -> None:
    out, begin = tmp_path / "shift.pdf", FIRST_HOUR * 3600
    since, until = (
        f"{datetime.fromtimestamp(begin + hours * 3600, UTC).astimezone():%Y-%m-%dT%H:%M}" for hours in (1, 2)
    )
    words = ["report", str(out), "--data-dir", str(folder), "--from", since, "--until", until, "--recipe", "A17"]
    assert main(words) == 0
    text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(out).pages).split())
    assert "OK 15" in text and "NG 5" in text and since[:16].replace("T", " ") in text


def test_a_table_says_that_it_is_not_audited(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    assert main(["export", "csv", str(tmp_path / "a.csv"), "--data-dir", str(folder), "--verdict", "fail"]) == 0
    told = capsys.readouterr().out
    assert "8 parts" in told and "sha256 " in told and "noted in the audit chain; this one is not" in told


def test_nothing_half_is_left_where_it_fails(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    out = tmp_path / "out"
    out.mkdir()
    assert main(["export", "pack", str(out / "p.zip"), "--data-dir", str(folder), "--part", "999"]) == 1
    assert "this part has no record" in capsys.readouterr().err and not list(out.iterdir())


def test_a_pack_holds_the_record_and_a_signature(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.zip"
    assert main(["export", "pack", str(out), "--data-dir", str(folder), "--part", "3"]) == 0
    with zipfile.ZipFile(out) as pack:
        assert json.loads(pack.read("part.json"))["part_id"] == 3
        assert json.loads(pack.read("manifest.json"))["public_key"] == load_key(folder).public_bytes.hex()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can be somebody else for a moment")
def test_another_account_than_the_engines_is_told_why_it_cannot_sign(tmp_path: Path) -> None:
    load_or_create(tmp_path)
    tmp_path.chmod(0o755)
    os.seteuid(65534)
    try:
        with pytest.raises(StorageError, match="readable for the engine's account alone") as refused:
            load_key(tmp_path)
    finally:
        os.seteuid(0)
    assert "as the account that runs the engine" in refused.value.remedy


def test_a_key_is_never_made_by_who_only_signs(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="has no signing key yet"):
        load_key(tmp_path)
    assert not (tmp_path / KEY).exists()
