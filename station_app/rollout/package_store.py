"""The station's own folder of model packages: fetched from a channel, each whole or not there at all.

Every member is held against the hash that the signed offer names, before anything of it is used.
"""

import hashlib
import os
import re
import shutil
import uuid
from pathlib import Path

from station_app.core.errors import ModelPackageError, RemoteRefusedError, StorageError
from station_app.inference.archive import MAX_MODEL_BYTES, MAX_OTHER_BYTES, MAX_TOTAL_BYTES
from station_app.inference.manifest import MODEL
from station_app.inference.package import load_package
from station_app.rollout.layout import member_key
from station_app.rollout.offer import OfferedPackage
from station_app.rollout.sealed import refusal
from station_app.rollout.stores import ChannelStore
from station_app.store.image_files import sync_folder

PACKAGES = "packages"
"""The folder, in the data folder."""
_HALF = ".half-"
_UNNAMED = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 40


def folder_name(name: str, version: str, sha256: str) -> str:
    """What a fetched package is called, in the folder and in the recipe that names it."""
    words = _UNNAMED.sub("-", f"{name}-{version}").strip(".-")[:_LONGEST]
    return f"{words or 'model'}-{sha256[:12]}"


class PackageStore:
    """One of them writes at a time."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / PACKAGES

    def path_of(self, name: str, version: str, sha256: str) -> Path:
        return self.folder / folder_name(name, version, sha256)

    def fetch(self, store: ChannelStore, package: OfferedPackage) -> Path:
        """The package in this folder; what lies there whole is not fetched again. ModelPackageError where a member is
        not what the offer says, RemoteError where the channel cannot be read now, StorageError where the disk takes no
        more."""
        path = self.path_of(package.name, package.version, package.sha256)
        if _is_whole(path, package.sha256):
            return path
        try:
            self._sweep()
            half = self.folder / f"{_HALF}{uuid.uuid4().hex}"
            half.mkdir(parents=True)
            try:
                _fetch_into(half, store, package)
                self._name(half, path)
            finally:
                shutil.rmtree(half, ignore_errors=True)
        except OSError as error:
            what = f"a model package cannot be stored: {error.strerror}"
            raise StorageError(what, where=str(self.folder), remedy="make room on the disk") from error
        return path

    def _name(self, half: Path, path: Path) -> None:
        if path.exists():  # damaged, or it would have been used
            path.rename(self.folder / f"{_HALF}{uuid.uuid4().hex}")
        half.rename(path)
        sync_folder(self.folder)

    def _sweep(self) -> None:
        """What a crash has left half fetched."""
        for half in self.folder.glob(f"{_HALF}*"):
            shutil.rmtree(half, ignore_errors=True)


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        load_package(path, expected_sha256=sha256)
    except ModelPackageError:
        return False
    return True


def _fetch_into(half: Path, store: ChannelStore, package: OfferedPackage) -> None:
    total = 0
    for name, sha256 in package.members:
        body = _member(store, package.sha256, name, MAX_TOTAL_BYTES - total)
        where = f"{store.where}, {member_key(package.sha256, name)}"
        if hashlib.sha256(body).hexdigest() != sha256:
            raise refusal(f"{name} has another hash than the offer says", where)
        total += len(body)
        _write(half / name, body)
    for folder in (half, *(entry for entry in half.iterdir() if entry.is_dir())):
        sync_folder(folder)


def _member(store: ChannelStore, package_sha256: str, name: str, left: int) -> bytes:
    key = member_key(package_sha256, name)
    limit = min(left, MAX_MODEL_BYTES if name == MODEL else MAX_OTHER_BYTES)
    try:
        body = store.read_within(key, limit)
    except RemoteRefusedError as error:
        raise refusal(f"{name} is not taken: {error.what}", f"{store.where}, {key}") from error
    if body is None:
        raise refusal(f"{name} is not there", f"{store.where}, {key}")
    return body


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
