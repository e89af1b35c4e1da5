"""Shared parts of this room's tests: a package that takes no time, and an inspector without the dry run's process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station_app.inference.dry_run import ProvedPackages
from station_app.inference.inspector import Inspector
from station_app.inference.package import ModelPackage
from tests.inference.models import pointwise_package


class AlreadyProved(ProvedPackages):
    """Remembers every package, so that no child process is needed."""

    def knows(self, key: str) -> bool:
        return True


@pytest.fixture
def package(tmp_path: Path) -> ModelPackage:
    return pointwise_package(tmp_path)


@pytest.fixture
def inspector_for(tmp_path: Path) -> Iterator[Callable[[ModelPackage], Inspector]]:
    opened: list[Inspector] = []

    def open_inspector(package: ModelPackage) -> Inspector:
        opened.append(Inspector(package, proved=AlreadyProved(tmp_path / "proved.json")))
        return opened[-1]

    yield open_inspector
    for inspector in opened:
        inspector.close()
