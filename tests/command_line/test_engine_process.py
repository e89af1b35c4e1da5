"""The engine as a child: what it says before it ends is known, and a folder that takes nothing is one sentence."""

from pathlib import Path

import pytest

from station_app.command_line.engine_process import EngineProcess, engine_answers
from station_app.core.errors import StorageError


def test_no_engine_answers_in_an_empty_folder(tmp_path: Path) -> None:
    assert not engine_answers(tmp_path)


def test_a_folder_that_takes_nothing_is_told_at_the_start(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path / "gone", ())
    with pytest.raises(StorageError, match="the engine cannot be started"):
        engine.start()
    engine.stop()
