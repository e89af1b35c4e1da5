"""A line of these tests looks at its channel when it is told to, and never by itself in between."""

import pytest

from station_app.engine import model_looks


@pytest.fixture(autouse=True)
def only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_looks, "FIRST_LOOK_S", 3600.0)
