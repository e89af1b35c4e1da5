"""`station-app demo-loop`: what cannot be obeyed is one sentence, before anything begins."""

from pathlib import Path

import pytest

from station_app.command_line.main import main


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--data", "nowhere"], "there is no deeppcb in this folder"),
        (["--store", "ftp://store", "--quick"], "this is no store"),
    ],
)
def test_what_cannot_be_obeyed_is_one_sentence(
    words: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo-loop", "--work", str(tmp_path / "work"), *words]) == 1
    assert capsys.readouterr().err.startswith(f"station-app: {sentence}")
    assert not (tmp_path / "work").exists()
