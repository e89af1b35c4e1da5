"""No engine outlives its test, whatever happened to the window that started it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.programs import kill_engines_of


@pytest.fixture(autouse=True)
def no_engine_left(tmp_path: Path) -> Iterator[None]:
    yield
    kill_engines_of(tmp_path)
