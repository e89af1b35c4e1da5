"""What must be refused at the station: an offer on a stick, once with a changed model, once signed by a stranger."""

from pathlib import Path

from station_app import __version__
from station_app.inference.manifest import MODEL
from station_app.loop_demo.line import CAMERA
from station_app.loop_demo.station_files import RECIPE
from station_app.rollout.publish import OfferDraft, publish
from station_app.store.model_keys import make_publishing_key
from station_app.sync.folder_remote import FolderRemote
from station_app.sync.remote import Remote

_ROOTS = ("v1/channels/", "v1/models/")


def tampered_stick(store: Remote, folder: Path) -> Path:
    """The channel and its packages as they lie in the store, with one bit of every model turned."""
    folder.mkdir(parents=True)
    stick = FolderRemote(folder)
    for root in _ROOTS:
        for key in store.names(root):
            body = store.read(key) or b""
            stick.create(key, _changed(body) if key.endswith(f"/{MODEL}") else body)
    return folder


def stranger_stick(package: Path, channel: str, folder: Path) -> Path:
    """The package, unchanged, offered under a key that no station trusts."""
    folder.mkdir(parents=True)
    key = make_publishing_key(folder.with_name("stranger.key"))
    publish(FolderRemote(folder), package, OfferDraft(channel, RECIPE, CAMERA, __version__), [key])
    return folder


def _changed(body: bytes) -> bytes:
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
